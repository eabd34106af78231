// SPDX-License-Identifier: GPL-2.0
#include "audit.h"

static gint64 number(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

json_t *audit_read(const char *path, char **why)
{
	json_error_t error;
	json_t *audit = json_load_file(path, 0, &error);

	if (!audit)
		*why = g_strdup_printf("no audit in %s: %s", path, error.text);
	return audit;
}

gboolean audit_secure(const json_t *audit)
{
	return json_is_true(json_object_get(audit, "secure")) ||
	       json_is_true(json_object_get(audit, "ever-secure"));
}

gint64 audit_refused(const json_t *audit)
{
	return number(audit, "refused");
}

gint64 audit_shared_peak(const json_t *audit)
{
	return number(audit, "shared-pages-peak");
}

json_t *audit_ultracalls(const json_t *audit)
{
	json_t *kinds = json_object(), *call;
	size_t i;

	json_array_foreach(json_object_get(audit, "ultracalls"), i, call)
		json_object_set(kinds,
				json_string_value(json_object_get(call, "name")),
				json_object_get(call, "count"));
	return kinds;
}

static gint64 of_device(const json_t *audit, const char *device, const char *key)
{
	gint64 sum = 0;
	json_t *entry;
	size_t i;

	json_array_foreach(json_object_get(audit, "devices"), i, entry)
		if (!g_strcmp0(json_string_value(json_object_get(entry, "name")),
			       device))
			sum += number(entry, key);
	return sum;
}

gint64 audit_device_refused(const json_t *audit, const char *device)
{
	return of_device(audit, device, "refused");
}

gint64 audit_device_accesses(const json_t *audit, const char *device)
{
	return of_device(audit, device, "reads") +
	       of_device(audit, device, "writes");
}

json_t *audit_refusals(const json_t *audit)
{
	json_t *list = json_object_get(audit, "refusals");

	return list ? json_incref(list) : json_array();
}

char *audit_culprits(const json_t *audit)
{
	GString *text = g_string_new(NULL);
	json_t *entry;
	size_t i;

	json_array_foreach(json_object_get(audit, "devices"), i, entry) {
		if (!number(entry, "refused"))
			continue;
		g_string_append_printf(text, "%s%s %" G_GINT64_FORMAT,
			text->len ? ", " : "",
			json_string_value(json_object_get(entry, "name")),
			number(entry, "refused"));
	}
	return g_string_free(text, FALSE);
}
