// SPDX-License-Identifier: GPL-2.0-only
/* Loads and unloads the test driver: as many HBAs as asked for. For tests only. */
#include <linux/module.h>

#include "fctest.h"

#define MAX_HBAS 8

static unsigned int hosts = 1;
module_param(hosts, uint, 0444);
MODULE_PARM_DESC(hosts, "number of HBAs, 1 to 8");

static bool plug = true;
module_param(plug, bool, 0444);
MODULE_PARM_DESC(plug, "plug the HBAs in at once");

static struct fct_hba *hbas[MAX_HBAS];

static void free_hbas(void)
{
	int i;

	for (i = 0; i < MAX_HBAS; i++)
		if (hbas[i])
			fct_hba_free(hbas[i]);
}

static int __init make_hbas(void)
{
	unsigned int i;

	for (i = 0; i < hosts; i++) {
		struct fct_hba *hba = fct_hba_new(i, plug);

		if (IS_ERR(hba)) {
			free_hbas();
			return PTR_ERR(hba);
		}
		hbas[i] = hba;
	}
	return 0;
}

static int __init fctest_init(void)
{
	int error;

	if (hosts < 1 || hosts > MAX_HBAS)
		return -EINVAL;
	fct_workqueue = alloc_workqueue("npiv_fctest", WQ_UNBOUND, 0);
	if (!fct_workqueue)
		return -ENOMEM;
	error = fct_transport_init();
	if (error)
		goto free_workqueue;
	error = make_hbas();
	if (error)
		goto exit_transport;
	return 0;

exit_transport:
	fct_transport_exit();
free_workqueue:
	destroy_workqueue(fct_workqueue);
	return error;
}

static void __exit fctest_exit(void)
{
	free_hbas();
	fct_transport_exit();
	destroy_workqueue(fct_workqueue);
}

module_init(fctest_init);
module_exit(fctest_exit);
MODULE_DESCRIPTION("Fibre Channel HBAs that behave as tests ask them to");
MODULE_LICENSE("GPL");
