// SPDX-License-Identifier: GPL-2.0
/*
 * archive2git REF <TARBALL | git fast-import: an archive becomes a commit.
 *
 * Nothing is unpacked on the way: a kernel's 96000 files would be written and
 * read again only to be thrown away. The archive's one top directory is left
 * out, as are Git's and quilt's own files.
 */
#include <archive.h>
#include <archive_entry.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The path below the top directory; NULL if the entry is left out. */
static const char *inner_path(const char *path)
{
	const char *rest;

	if (strchr(path, '\n') || strchr(path, '"'))
		errx(1, "a file name that cannot be imported: %s", path);
	if (strncmp(path, "./", 2) == 0)
		path += 2;
	rest = strchr(path, '/');
	if (!rest)
		errx(1, "'%s' is not in a directory: the archive must hold one, with the source below it",
		     path);
	rest++;
	if (strncmp(rest, ".git/", 5) == 0 || strncmp(rest, ".pc/", 4) == 0)
		return NULL;
	return rest;
}

static void copy_data(struct archive *a, la_int64_t size)
{
	char buf[65536];

	printf("data %lld\n", (long long)size);
	while (size > 0) {
		la_ssize_t n = archive_read_data(a, buf, sizeof(buf));

		if (n <= 0)
			errx(1, "the archive is cut short: %s",
			     n ? archive_error_string(a) : "end of file");
		fwrite(buf, 1, n, stdout);
		size -= n;
	}
	putchar('\n');
}

static void add_entry(struct archive *a, struct archive_entry *entry)
{
	const char *link = archive_entry_hardlink(entry);
	const char *path;

	if (archive_entry_filetype(entry) == AE_IFDIR)
		return;
	path = inner_path(archive_entry_pathname(entry));
	if (!path)
		return;

	if (link) {
		link = inner_path(link);
		printf("C \"%s\" \"%s\"\n", link ? link : "", path);
	} else if (archive_entry_filetype(entry) == AE_IFLNK) {
		const char *target = archive_entry_symlink(entry);

		printf("M 120000 inline %s\ndata %zu\n%s\n", path,
		       strlen(target), target);
	} else if (archive_entry_filetype(entry) == AE_IFREG) {
		printf("M %s inline %s\n",
		       archive_entry_perm(entry) & 0100 ? "100755" : "100644",
		       path);
		copy_data(a, archive_entry_size(entry));
	}
}

int main(int argc, char **argv)
{
	struct archive_entry *entry;
	struct archive *a = archive_read_new();
	int ret;

	if (argc != 2)
		errx(2, "usage: archive2git REF <archive");

	archive_read_support_filter_all(a);
	archive_read_support_format_tar(a);
	if (archive_read_open_fd(a, 0, 65536) != ARCHIVE_OK)
		errx(1, "not an archive: %s", archive_error_string(a));

	printf("commit %s\ncommitter archive <archive> 0 +0000\ndata 0\n",
	       argv[1]);
	while ((ret = archive_read_next_header(a, &entry)) == ARCHIVE_OK)
		add_entry(a, entry);
	if (ret != ARCHIVE_EOF)
		errx(1, "the archive cannot be read: %s",
		     archive_error_string(a));
	puts("done");
	if (fflush(stdout) || ferror(stdout))
		err(1, "writing the commit");
	return 0;
}
