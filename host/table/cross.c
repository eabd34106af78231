// SPDX-License-Identifier: GPL-2.0
/*
 * The crossing of tests/cross.def. All its combinations are some eight hundred
 * boots. Faults come from one level or from few that meet: so the selection is
 * a covering array, in which every pair (or triple) of levels that can meet
 * does so in some boot. It is made greedily, and is always the same. Each of the
 * other machines meets each level that it can have.
 */
#include "cross.h"

#define LEVELS_MAX	5
#define PREFIX		"cross"
/* A level's number in a tuple: a factor has this many bits. */
#define LEVEL_BITS	3

struct level {
	const char *name;
	struct boot_row row;
};

#define LEVEL(id, ...)	{ .name = id, .row = { __VA_ARGS__ } }
#define FACTOR(...)	{ __VA_ARGS__ },

static const struct level factors[][LEVELS_MAX] = {
#include "tests/cross.def"
};

#define FACTORS	G_N_ELEMENTS(factors)
/* The last of them. */
#define MACHINE	(FACTORS - 1)

G_STATIC_ASSERT(FACTORS * (LEVEL_BITS + 1) <= 8 * sizeof(gpointer));

static unsigned int levels_of(unsigned int factor)
{
	unsigned int n = 0;

	while (n < LEVELS_MAX && factors[factor][n].name)
		n++;
	return n;
}

/* Combinations are numbered: a digit for each factor. */
static unsigned int combinations(void)
{
	unsigned int n = 1, f;

	for (f = 0; f < FACTORS; f++)
		n *= levels_of(f);
	return n;
}

static unsigned int digit(unsigned int combination, unsigned int factor)
{
	unsigned int f;

	for (f = 0; f < factor; f++)
		combination /= levels_of(f);
	return combination % levels_of(factor);
}

static const struct boot_row *level_of(unsigned int combination,
				       unsigned int factor)
{
	return &factors[factor][digit(combination, factor)].row;
}

/*
 * A legacy face knows neither the flag nor packed rings nor an order. Other machines are
 * for secure guests; s390 has no legacy face, POWER alone has the ultravisor, and QEMU's
 * trust domains have no memory above 4 GiB.
 */
static gboolean possible(unsigned int combination)
{
	enum virtio_kind virtio = VIRTIO_DEFAULT;
	const char *machine = level_of(combination, MACHINE)->machine;
	gboolean ring = FALSE, flag = FALSE, secure = FALSE, power = FALSE;
	int mem = 0;
	unsigned int f;

	for (f = 0; f < FACTORS; f++) {
		const struct boot_row *level = level_of(combination, f);

		virtio = MAX(virtio, level->virtio);
		ring |= level->packed || level->in_order;
		flag |= level->flag;
		secure |= level->secure;
		power |= level->qemu && strstr(level->qemu, "x-ultravisor");
		mem = MAX(mem, level->mem);
	}
	if (machine)
		return virtio == VIRTIO_MODERN && secure && !power &&
		       (mem < 4096 || strcmp(machine, "tdx"));
	if (virtio == VIRTIO_LEGACY)
		return !ring && !flag;
	return virtio == VIRTIO_MODERN || !flag;
}

static char *name_of(unsigned int combination)
{
	GString *name = g_string_new(PREFIX);
	unsigned int f;

	for (f = 0; f < FACTORS; f++)
		g_string_append_printf(name, "-%s",
			factors[f][digit(combination, f)].name);
	return g_string_free(name, FALSE);
}

static const char *join(const char *a, const char *b)
{
	return !a ? b : !b ? a : g_strconcat(a, " ", b, NULL);
}

static void apply(struct boot_row *row, const struct boot_row *level)
{
	row->kernel = level->kernel ? level->kernel : row->kernel;
	row->machine = level->machine ? level->machine : row->machine;
	row->virtio = MAX(row->virtio, level->virtio);
	row->mem = MAX(row->mem, level->mem);
	row->smp = MAX(row->smp, level->smp);
	row->secure |= level->secure;
	row->packed |= level->packed;
	row->in_order |= level->in_order;
	row->flag |= level->flag;
	row->qemu = join(row->qemu, level->qemu);
	row->append = join(row->append, level->append);
}

static void make_row(struct boot_row *row, unsigned int combination,
		     enum row_when when)
{
	unsigned int f;

	*row = (struct boot_row){
		.name = name_of(combination),
		.about = "every device works, of the crossing",
		.when = when,
	};
	for (f = 0; f < FACTORS; f++)
		apply(row, level_of(combination, f));
}

/* The levels that the factors in @mask have in a combination. */
static gpointer tuple(unsigned int combination, unsigned int mask)
{
	gsize code = 0;
	unsigned int f;

	for (f = 0; f < FACTORS; f++)
		if (mask & (1u << f))
			code |= (gsize)digit(combination, f) << (f * LEVEL_BITS);
	return GSIZE_TO_POINTER(code << FACTORS | mask);
}

/*
 * How many tuples of a combination did @visit return TRUE for? The machine is in each of
 * them, beside the @strength others.
 */
static unsigned int each_tuple(unsigned int combination, int strength,
			       gboolean (*visit)(GHashTable *, gconstpointer),
			       GHashTable *set)
{
	unsigned int mask, n = 0;

	for (mask = 0; mask < 1u << MACHINE; mask++)
		if (__builtin_popcount(mask) == strength)
			n += visit(set, tuple(combination, mask | 1u << MACHINE));
	return n;
}

static gboolean put(GHashTable *set, gconstpointer key)
{
	return g_hash_table_add(set, (gpointer)key);
}

/* The possible combination that has most of the tuples in @set. */
static unsigned int best(int strength, GHashTable *set)
{
	unsigned int most = 0, choice = 0, c, n;

	for (c = 0; c < combinations(); c++) {
		n = possible(c) ? each_tuple(c, strength, g_hash_table_contains,
					     set) : 0;
		if (n > most) {
			most = n;
			choice = c;
		}
	}
	return choice;
}

/*
 * Add rows until each tuple of a possible combination, on POWER or on another machine, is
 * in some row.
 */
static void cover(gboolean others, int strength, enum row_when when, GArray *chosen,
		  GArray *rows)
{
	GHashTable *set = g_hash_table_new(NULL, NULL);
	unsigned int c, i;

	for (c = 0; c < combinations(); c++)
		if (possible(c) && !digit(c, MACHINE) == !others)
			each_tuple(c, strength, put, set);
	for (i = 0; i < chosen->len; i++)
		each_tuple(g_array_index(chosen, unsigned int, i), strength,
			   g_hash_table_remove, set);
	while (g_hash_table_size(set)) {
		struct boot_row row;

		c = best(strength, set);
		each_tuple(c, strength, g_hash_table_remove, set);
		g_array_append_val(chosen, c);
		make_row(&row, c, when);
		g_array_append_val(rows, row);
	}
	g_hash_table_destroy(set);
}

const struct boot_row *cross_rows(void)
{
	static GArray *rows;
	GArray *chosen;

	if (rows)
		return (const struct boot_row *)rows->data;
	rows = g_array_new(TRUE, TRUE, sizeof(struct boot_row));
	chosen = g_array_new(FALSE, FALSE, sizeof(unsigned int));
	cover(FALSE, 2, IN_CHECK, chosen, rows);
	cover(FALSE, 3, IN_CHECK_ALL, chosen, rows);
	cover(TRUE, 1, IN_CHECK_ALL, chosen, rows);
	g_array_free(chosen, TRUE);
	return (const struct boot_row *)rows->data;
}

struct boot_row *cross_row_find(const char *name)
{
	struct boot_row *row;
	unsigned int c;

	for (c = 0; c < combinations(); c++) {
		g_autofree char *candidate = name_of(c);

		if (possible(c) && !strcmp(candidate, name)) {
			row = g_new(struct boot_row, 1);
			make_row(row, c, BY_NAME);
			return row;
		}
	}
	return NULL;
}
