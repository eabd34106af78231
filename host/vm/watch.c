// SPDX-License-Identifier: GPL-2.0
#include "watch.h"

/* After a bad sign the log is drained this long: the trace follows the sign. */
#define DRAIN_MS	3000
/* From the guest's last word to QEMU's exit. */
#define POWER_OFF_MS	20000
/* More than any test says, and less than a disk holds. */
#define MOST_MIB	64

/* The end of the guest, or of its good sense. */
static const char *const bug_signs[] = {
	"Kernel panic - not syncing",
	"kernel BUG at",
	"Oops:",
	"BUG: ",
	"UBSAN: ",
	"Unable to handle kernel",
	"detected stalls on CPUs",
	"blocked for more than",
	NULL
};

static void watch_test_clear(gpointer data)
{
	struct watch_test *t = data;

	g_free(t->name);
	g_free(t->note);
}

void watch_init(struct watch *w)
{
	memset(w, 0, sizeof(*w));
	w->nslabs = -1;
	g_queue_init(&w->wants);
	w->tests = g_array_new(FALSE, TRUE, sizeof(struct watch_test));
	g_array_set_clear_func(w->tests, watch_test_clear);
	w->sums = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					g_free);
	w->modes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					 g_free);
	w->features = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
					    g_free);
}

void watch_clear(struct watch *w)
{
	g_array_unref(w->tests);
	g_queue_clear_full(&w->wants, g_free);
	g_hash_table_unref(w->sums);
	g_hash_table_unref(w->modes);
	g_hash_table_unref(w->features);
	g_free(w->guest_release);
	g_free(w->bad_line);
}

/* The length of "[...]" at the start of text, if all in it is of chars, or 0. */
static size_t bracket(const char *text, const char *chars)
{
	size_t len;

	if (text[0] != '[')
		return 0;
	len = strspn(text + 1, chars);
	return text[1 + len] == ']' ? len + 2 : 0;
}

const char *watch_text(const char *line)
{
	size_t len = bracket(line, " .0123456789");

	if (len)
		len += bracket(line + len, " TC0123456789");
	return len && line[len] == ' ' ? line + len + 1 : line;
}

static void comment(struct watch *w, const char *text)
{
	char **word = g_strsplit(text, " ", 0);
	guint n = g_strv_length(word);

	if (!strcmp(text, "lab: done")) {
		w->done = TRUE;
	} else if (n >= 2 && !strcmp(word[0], "session")) {
		w->session = n == 2;
		w->status = n == 2 ? -1 : atoi(word[2]);
	} else if (n >= 2 && !strcmp(word[0], "release")) {
		g_free(w->guest_release);
		w->guest_release = g_strdup(word[1]);
	} else if (n == 2 && !strcmp(word[0], "want")) {
		g_queue_push_tail(&w->wants, g_strdup(word[1]));
	} else if (n >= 3 && !strcmp(word[0], "sum")) {
		g_hash_table_replace(w->sums, g_strdup(word[1]),
				     g_strdup(word[2]));
	} else if (n >= 5 && !strcmp(word[0], "device") &&
		   g_str_has_prefix(word[3], "mode=") &&
		   g_str_has_prefix(word[4], "features=")) {
		g_hash_table_replace(w->modes, g_strdup(word[2]),
				     g_strdup(word[3] + strlen("mode=")));
		g_hash_table_replace(w->features, g_strdup(word[2]),
				     g_strdup(word[4] + strlen("features=")));
	} else if (n >= 2 && !strcmp(word[0], "swiotlb") &&
		   g_str_has_prefix(word[1], "nslabs=")) {
		w->nslabs = g_ascii_strtoll(word[1] + strlen("nslabs="), NULL,
					    10);
	}
	g_strfreev(word);
}

/* "1 blk # bytes=67108864 a note", what follows "ok " or "not ok ". */
static void result(struct watch *w, const char *text, gboolean ok)
{
	struct watch_test t = { .ok = ok };
	const char *hash, *bytes;
	char *end;

	g_ascii_strtoull(text, &end, 10);
	if (end == text)
		return;
	end += strspn(end, " -");
	hash = strchr(end, '#');
	t.name = g_strchomp(hash ? g_strndup(end, hash - end) : g_strdup(end));
	t.note = g_strchug(g_strdup(hash ? hash + 1 : ""));
	t.skipped = !g_ascii_strncasecmp(t.note, "SKIP", 4);
	bytes = strstr(t.note, "bytes=");
	if (bytes)
		t.bytes = g_ascii_strtoll(bytes + strlen("bytes="), NULL, 10);
	g_array_append_val(w->tests, t);
}

static void bad(struct watch *w, const char *line)
{
	if (!w->bad_line)
		w->bad_line = g_strdup(line);
}

static void signs(struct watch *w, const char *line, gint64 now_ms)
{
	int i;

	for (i = 0; bug_signs[i]; i++) {
		if (!strstr(line, bug_signs[i]))
			continue;
		if (!w->saw_bug) {
			/* A worse sign than a warning: name this one. */
			g_clear_pointer(&w->bad_line, g_free);
			bad(w, line);
			w->stop_ms = now_ms + DRAIN_MS;
		}
		w->saw_bug = TRUE;
		return;
	}
	/* A warning does not end a guest: its tests say what came of it. */
	if (strstr(line, "[ cut here ]")) {
		w->saw_cut = TRUE;
	} else if (w->saw_cut && strstr(line, "WARNING: ")) {
		w->saw_cut = FALSE;
		w->saw_warning = TRUE;
		bad(w, line);
	}
}

/* A guest that has started anew is judged by its last boot. */
static void begin(struct watch *w, int planned)
{
	w->boots++;
	w->planned = planned;
	g_array_set_size(w->tests, 0);
	g_hash_table_remove_all(w->sums);
	g_hash_table_remove_all(w->modes);
	g_hash_table_remove_all(w->features);
}

void watch_line(struct watch *w, const char *line, gint64 now_ms)
{
	const char *text = watch_text(line);

	w->last_ms = now_ms;
	if (g_str_has_prefix(text, "# ")) {
		comment(w, text + 2);
		if (w->done && !w->stop_ms)
			w->stop_ms = now_ms + POWER_OFF_MS;
	} else if (g_str_has_prefix(text, "1..")) {
		begin(w, atoi(text + 3));
	} else if (g_str_has_prefix(text, "ok ")) {
		result(w, text + 3, TRUE);
	} else if (g_str_has_prefix(text, "not ok ")) {
		result(w, text + 7, FALSE);
	} else {
		signs(w, text, now_ms);
	}
}

static gboolean flooded(const struct watch *w)
{
	return w->said >> 20 >= MOST_MIB;
}

gboolean watch_tick(struct watch *w, gint64 now_ms)
{
	gint64 limit = w->session ? G_MAXINT64 : w->stall_ms;

	if (flooded(w))
		return TRUE;
	if (w->stop_ms)
		return now_ms >= w->stop_ms;
	if (w->refused && w->caught_ms < limit)
		limit = w->caught_ms;
	w->silent = now_ms - w->last_ms >= limit;
	return w->silent;
}

static const struct watch_test *first_failed(const struct watch *w)
{
	guint i;

	for (i = 0; i < w->tests->len; i++) {
		const struct watch_test *t =
			&g_array_index(w->tests, struct watch_test, i);

		if (!t->ok || t->skipped)
			return t;
	}
	return NULL;
}

static enum ending judge_tests(const struct watch *w, char **why)
{
	const struct watch_test *t = first_failed(w);

	if (t)
		return ending_why(strstr(t->note, "errno=ENOSPC") ? END_DISK_FULL : END_TEST,
				  why, "%s: %s", t->name, t->note);
	if (w->asked && w->planned != w->asked)
		return ending_why(END_TEST, why, "the guest planned %d of %d tests",
				  w->planned, w->asked);
	if (!w->done || w->planned != (int)w->tests->len || !w->planned)
		return ending_why(END_TEST, why, "the guest ended after %u of %d tests",
				  w->tests->len, w->planned);
	return ending_why(END_PASS, why, "%d tests", w->planned);
}

enum ending watch_verdict(const struct watch *w, char **why)
{
	/* First of all: everything else may be a consequence of it. */
	if (w->refused)
		return ending_why(END_REFUSED, why, "%" G_GINT64_FORMAT
				  " accesses to private memory refused%s", w->refused,
				  w->done ? "" : ", then no progress");
	if (w->saw_bug)
		return ending_why(END_PANIC, why, "%s", w->bad_line);
	if (w->release && (w->guest_release || w->done) &&
	    g_strcmp0(w->release, w->guest_release))
		return ending_why(END_RELEASE, why, "the guest runs %s, %s was built",
				  w->guest_release ? w->guest_release : "an unnamed kernel",
				  w->release);
	if (w->saw_warning)
		return ending_why(END_WARNING, why, "%s", w->bad_line);
	if (flooded(w))
		return ending_why(END_TEST, why, "the guest said %d MiB on its console",
				  MOST_MIB);
	if (w->silent)
		return ending_why(END_HANG, why, "no console output for %" G_GINT64_FORMAT " s",
				  w->stall_ms / 1000);
	return judge_tests(w, why);
}

const struct watch_test *watch_find(const struct watch *w, const char *name)
{
	guint i;

	for (i = 0; i < w->tests->len; i++) {
		const struct watch_test *t =
			&g_array_index(w->tests, struct watch_test, i);

		if (!strcmp(t->name, name))
			return t;
	}
	return NULL;
}

const char *watch_mode(const struct watch *w, const char *driver)
{
	return driver ? g_hash_table_lookup(w->modes, driver) : NULL;
}

gboolean watch_feature(const struct watch *w, const char *driver,
		       unsigned int bit)
{
	const char *digits = g_hash_table_lookup(w->features, driver);

	return digits && strlen(digits) > bit && digits[bit] == '1';
}
