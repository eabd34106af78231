// SPDX-License-Identifier: GPL-2.0
#include <fcntl.h>
#include <gelf.h>
#include <unistd.h>

#include "symbols.h"

struct function {
	uint64_t start, size;
	unsigned char other;
};

struct symbols {
	GHashTable *by_name;	/* struct function */
	GArray *starts;		/* uint64_t, in order */
};

static gint compare(gconstpointer a, gconstpointer b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static void take(struct symbols *symbols, Elf *elf, size_t strings,
		 const GElf_Sym *sym)
{
	const char *name = elf_strptr(elf, strings, sym->st_name);
	struct function *f;

	if (GELF_ST_TYPE(sym->st_info) != STT_FUNC || !name)
		return;
	f = g_new(struct function, 1);
	*f = (struct function){ sym->st_value, sym->st_size, sym->st_other };
	g_hash_table_replace(symbols->by_name, g_strdup(name), f);
	g_array_append_val(symbols->starts, f->start);
}

static void take_section(struct symbols *symbols, Elf *elf, Elf_Scn *section)
{
	Elf_Data *data = elf_getdata(section, NULL);
	GElf_Shdr header;
	GElf_Sym sym;
	size_t i;

	if (!data || !gelf_getshdr(section, &header) ||
	    header.sh_type != SHT_SYMTAB)
		return;
	for (i = 0; i < header.sh_size / header.sh_entsize; i++)
		if (gelf_getsym(data, i, &sym))
			take(symbols, elf, header.sh_link, &sym);
}

struct symbols *symbols_read(const char *path, char **why)
{
	struct symbols *symbols = NULL;
	Elf_Scn *section = NULL;
	Elf *elf = NULL;
	int fd;

	elf_version(EV_CURRENT);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		elf = elf_begin(fd, ELF_C_READ, NULL);
	if (!elf || elf_kind(elf) != ELF_K_ELF) {
		*why = g_strdup_printf("%s: not an ELF file that can be read",
				       path);
		goto out;
	}
	symbols = g_new0(struct symbols, 1);
	symbols->by_name = g_hash_table_new_full(g_str_hash, g_str_equal,
						 g_free, g_free);
	symbols->starts = g_array_new(FALSE, FALSE, sizeof(uint64_t));
	while ((section = elf_nextscn(elf, section)))
		take_section(symbols, elf, section);
	g_array_sort(symbols->starts, compare);
out:
	if (elf)
		elf_end(elf);
	if (fd >= 0)
		close(fd);
	return symbols;
}

void symbols_free(struct symbols *symbols)
{
	g_hash_table_unref(symbols->by_name);
	g_array_unref(symbols->starts);
	g_free(symbols);
}

uint64_t symbols_entry(const struct symbols *symbols, const char *name)
{
	const struct function *f = g_hash_table_lookup(symbols->by_name, name);

	return f ? f->start + PPC64_LOCAL_ENTRY_OFFSET(f->other) : 0;
}

gboolean symbols_range(const struct symbols *symbols, const char *name,
		       uint64_t *start, uint64_t *end)
{
	const struct function *f = g_hash_table_lookup(symbols->by_name, name);
	guint i;

	if (!f)
		return FALSE;
	*start = f->start;
	*end = f->start + f->size;
	for (i = 0; !f->size && i < symbols->starts->len; i++) {
		*end = g_array_index(symbols->starts, uint64_t, i);
		if (*end > *start)
			break;
	}
	return *end > *start;
}
