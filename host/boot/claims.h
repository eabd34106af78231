/* SPDX-License-Identifier: GPL-2.0 */
#ifndef LAB_CLAIMS_H
#define LAB_CLAIMS_H

struct boot_result;
struct device;

/*
 * Does what the host has seen of a device agree with what the guest has said?
 * NULL if so, else what does not, to be freed.
 */
char *check_disk(const struct boot_result *res, const struct device *dev);
char *check_net(const struct boot_result *res, const struct device *dev);
char *check_text(const struct boot_result *res, const struct device *dev);
char *check_share(const struct boot_result *res, const struct device *dev);
char *check_links(const struct boot_result *res, const struct device *dev);
char *check_soak_blk(const struct boot_result *res, const struct device *dev);
char *check_soak_scsi(const struct boot_result *res, const struct device *dev);
char *check_screen(const struct boot_result *res, const struct device *dev);
char *check_crypto(const struct boot_result *res, const struct device *dev);
char *check_reboot(const struct boot_result *res, const struct device *dev);
char *check_kexec(const struct boot_result *res, const struct device *dev);

#endif
