// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <gelf.h>
#include <unistd.h>

#include "symbols.h"

static void take_section(GHashTable *symbols, Elf *elf, Elf_Scn *section)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Shdr header;
	const char *name;
	GElf_Sym sym;
	int i;

	if (!data || !gelf_getshdr(section, &header) ||
	    header.sh_type != SHT_SYMTAB)
		return;
	for (i = 0; gelf_getsym(data, i, &sym); i++) {
		name = elf_strptr(elf, header.sh_link, sym.st_name);
		if (GELF_ST_TYPE(sym.st_info) == STT_FUNC && name)
			g_hash_table_replace(symbols, g_strdup(name),
					     g_memdup2(&sym, sizeof(sym)));
	}
}

GHashTable *symbols_read(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	GHashTable *symbols = NULL;
	Elf_Scn *section = NULL;
	Elf *elf;

	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (elf_kind(elf) == ELF_K_ELF)
		symbols = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
						g_free);
	while (symbols && (section = elf_nextscn(elf, section)))
		take_section(symbols, elf, section);
	elf_end(elf);
	close(fd);
	return symbols;
}

uint64_t symbols_entry(GHashTable *symbols, const char *name)
{
	const GElf_Sym *f = g_hash_table_lookup(symbols, name);

	return f ? f->st_value + PPC64_LOCAL_ENTRY_OFFSET(f->st_other) : 0;
}

gboolean symbols_range(GHashTable *symbols, const char *name, uint64_t *start,
		       uint64_t *end)
{
	const GElf_Sym *f = g_hash_table_lookup(symbols, name), *next;
	GHashTableIter iter;

	if (!f)
		return FALSE;
	*start = f->st_value;
	*end = f->st_size ? f->st_value + f->st_size : UINT64_MAX;
	g_hash_table_iter_init(&iter, symbols);
	while (g_hash_table_iter_next(&iter, NULL, (gpointer *)&next))
		if (!f->st_size && next->st_value > *start)
			*end = MIN(*end, next->st_value);
	return *end < UINT64_MAX;
}
