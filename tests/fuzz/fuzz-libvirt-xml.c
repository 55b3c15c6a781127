// SPDX-License-Identifier: LGPL-2.1-or-later
/* Pools and node devices of libvirt, several one after the other: whatever is in one of them, it becomes one
 * section with keys that it may have, or an error. */
#include "config/config.h"
#include "config/name.h"
#include "lib/text.h"
#include "fuzz.h"
#include "libvirt/xml-libvirt.h"

/* host7 and host9 are HBAs in two fabrics, host8 is a vHBA of the first. */
static struct fc_port ports[] = {
	{ .host = 7,
	  .wwpn = 0x21000024ff543210,
	  .wwnn = 0x20000024ff543210,
	  .fabric_wwn = 0x100000051e0a2b01,
	  .state = PORT_ONLINE,
	  .is_capable = true,
	  .max_vports = 8,
	  .parent_host = HOST_NONE },
	{ .host = 8,
	  .wwpn = 0x50014c5000000002,
	  .wwnn = 0x50014c5000000102,
	  .fabric_wwn = 0x100000051e0a2b01,
	  .is_vport = true,
	  .parent_host = 7 },
	{ .host = 9,
	  .wwpn = 0x21000024ff543211,
	  .wwnn = 0x20000024ff543211,
	  .fabric_wwn = 0x100000051e0a2b02,
	  .state = PORT_ONLINE,
	  .is_capable = true,
	  .max_vports = 8,
	  .parent_host = HOST_NONE },
};
static struct fc_vport vports[] = {
	{ .sysname = "vport-7:0-0",
	  .parent_host = 7,
	  .host = 8,
	  .wwpn = 0x50014c5000000002,
	  .wwnn = 0x50014c5000000102 },
};
static const struct inventory inventory = { .ports = ports,
					    .n_ports = ARRAY_SIZE(ports),
					    .vports = vports,
					    .n_vports = ARRAY_SIZE(vports) };

static void check_messages(const struct messages *messages)
{
	MUST(!messages->out_of_memory);
	for (size_t i = 0; i < messages->n_messages; i++)
		MUST(!text_has_control(messages->messages[i].text) &&
		     *messages->messages[i].text);
}

/* What is printed is one section and no more, as the reader of files has it. */
static void check_file(const char *name, const char *text, size_t size)
{
	const struct config_source source = { .path = "(new)",
					      .text = text,
					      .size = size };
	_cleanup_(config_done) struct config config = { 0 };
	_cleanup_(messages_done) struct messages messages = { 0 };
	const struct vhba_config *vhba;

	MUST(name_is_valid(name));
	MUST(config_add(&config, &source, &messages) == 0);
	MUST(config_finish(&config, &messages) == 0);
	check_messages(&messages);
	MUST(config.n_vhbas + config.n_bad_vhbas == 1 && config.n_pools == 0);
	vhba = config_find_vhba(&config, name);
	MUST(vhba || config_fault(&config, name));
	/* Two names that are one are all that the reader finds fault with. */
	MUST(vhba ? messages_count(&messages, MESSAGE_ERROR) == 0 :
		    strstr(text, "parent_wwpn = ") != NULL);
	MUST(!vhba || vhba->wwpn);
}

static int on_root(const xmlNode *root, unsigned lines, void *context)
{
	_cleanup_(libvirt_vhba_done) struct libvirt_vhba vhba = { 0 };
	char name[NPIV_NAME_MAX + 1] = "";
	struct messages *messages = context;
	_cleanup_free_ char *text = NULL;
	struct fuzz_print print;
	size_t n_errors = messages_count(messages, MESSAGE_ERROR);
	bool is_converted;
	int r;

	r = xml_libvirt_read("in", root, lines, messages, &vhba);
	MUST(r == 0 || r == 1);
	MUST((r == 0) == (messages_count(messages, MESSAGE_ERROR) > n_errors));
	if (r == 0)
		return 0;
	is_converted = libvirt_vhba_convert(&vhba, &inventory, messages, name,
					    fuzz_open(&print));
	text = fuzz_close(&print);
	MUST(is_converted == (messages_count(messages, MESSAGE_ERROR) == n_errors));
	if (is_converted)
		check_file(name, text, print.size);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(messages_done) struct messages messages = { 0 };

	MUST(xml_in_read("in", (const char *)data, size, &messages, on_root, &messages) ==
	     0);
	check_messages(&messages);
	return 0;
}
