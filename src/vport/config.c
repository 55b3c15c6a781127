// SPDX-License-Identifier: LGPL-2.1-or-later
/* The configuration of one vHBA, and what is to be said where it has none. */
#include "config/dir.h"
#include "lib/roots.h"
#include "lib/text.h"
#include "vport/vport.h"

static void log_message(const struct task *task, const struct message *message)
{
	_cleanup_free_ char *text = NULL;
	size_t size;

	if (TEXT_OF(&text, &size, messages_print, message) < 0)
		return;
	text[strcspn(text, "\n")] = '\0';
	if (message->severity == MESSAGE_ERROR)
		log_error(&task->subject, "%s", text);
	else
		log_warning(&task->subject, "%s", text);
}

/* Of one vHBA that is used only the warnings of its own file are worth a line; of one that cannot be
 * found every error is: one of them is why. */
static void log_messages(const struct task *task, const struct messages *messages,
			 const struct vhba_config *vhba)
{
	for (size_t i = 0; i < messages->n_messages; i++) {
		const struct message *message = &messages->messages[i];
		bool is_own = vhba && message->file && streq(message->file, vhba->file);

		if (vhba ? is_own && message->severity == MESSAGE_WARNING :
			   message->severity == MESSAGE_ERROR)
			log_message(task, message);
	}
}

static int fail_unknown(const struct task *task, const struct config *config)
{
	char detail[256];

	if (config_is_bad_name(config, task->name))
		(void)snprintf(detail, sizeof(detail), "[vhba %s] has errors",
			       task->name);
	else
		(void)snprintf(detail, sizeof(detail),
			       "no [vhba %s] section in any of %s, %s, %s, %s",
			       task->name, config_folders[0], config_folders[1],
			       config_folders[2], config_folders[3]);
	return vport_fail(task, STAGE_CONFIG, detail, NULL);
}

int vport_config_load(struct task *task, struct vport_config *ret_config)
{
	_cleanup_(messages_done) struct messages messages = { 0 };
	int r;

	*ret_config = (struct vport_config){ 0 };
	r = config_dir_load(environment_root(), &ret_config->config, &messages);
	if (r >= 0 && messages.out_of_memory)
		r = -ENOMEM;
	if (r < 0)
		return vport_fail_errno(task, r, "read the configuration");

	ret_config->vhba = config_find_vhba(&ret_config->config, task->name);
	log_messages(task, &messages, ret_config->vhba);
	if (!ret_config->vhba)
		return fail_unknown(task, &ret_config->config);
	ret_config->pool = config_find_pool(&ret_config->config, ret_config->vhba->pool);
	return 0;
}

void vport_config_done(struct vport_config *config)
{
	config_done(&config->config);
}
