// SPDX-License-Identifier: GPL-2.0
#include "fio.h"
#include "userland.h"

bool fio_run(const char *disk, const struct fio_load *load, struct result *res)
{
	unsigned int n = load->jobs ? load->jobs : 1;
	char filename[FIO_DISKS], rw[32], bs[32], depth[32], ios[32], jobs[32];
	char cpus[32], batch[32];
	char *const argv[] = {
		"/usr/bin/fio", "--name=lab", filename, rw, bs, depth, ios,
		batch, jobs, cpus, "--cpus_allowed_policy=split",
		"--ioengine=libaio", "--direct=1", "--norandommap",
		"--randrepeat=1", "--output-format=terse",
		/* else a thread reads each disk's statistics 4 times a second */
		"--disk_util=0", NULL
	};

	snprintf(filename, sizeof(filename), "--filename=%s", disk);
	snprintf(rw, sizeof(rw), "--rw=%s", load->rw);
	snprintf(bs, sizeof(bs), "--bs=%uk", load->kib);
	snprintf(depth, sizeof(depth), "--iodepth=%u", load->depth);
	snprintf(batch, sizeof(batch), "--iodepth_batch=%u",
		 load->batch ? load->batch : 1);
	snprintf(ios, sizeof(ios), "--number_ios=%u", load->ios / n);
	snprintf(jobs, sizeof(jobs), "--numjobs=%u", n);
	snprintf(cpus, sizeof(cpus), "--cpus_allowed=0-%u", n - 1);
	return userland_run(argv, res);
}
