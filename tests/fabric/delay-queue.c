// SPDX-License-Identifier: LGPL-2.1-or-later
/* Keeps frames in the order in which they are due. */
#include "delay-queue.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int delay_queue_push(struct delay_queue *queue, unsigned int link, const uint8_t *data,
		     size_t len, uint64_t due_msec)
{
	struct delayed_frame **at = &queue->first;
	struct delayed_frame *frame;

	if (queue->n_frames == DELAY_QUEUE_MAX)
		return -ENOBUFS;
	frame = malloc(sizeof(*frame) + len);
	if (!frame)
		return -ENOMEM;
	*frame = (struct delayed_frame){ .due_msec = due_msec, .link = link, .len = len };
	memcpy(frame->data, data, len);

	while (*at && (*at)->due_msec <= due_msec)
		at = &(*at)->next;
	frame->next = *at;
	*at = frame;
	queue->n_frames++;
	return 0;
}

struct delayed_frame *delay_queue_pop(struct delay_queue *queue, uint64_t now_msec)
{
	struct delayed_frame *frame = queue->first;

	if (!frame || frame->due_msec > now_msec)
		return NULL;
	queue->first = frame->next;
	queue->n_frames--;
	return frame;
}

uint64_t delay_queue_due(const struct delay_queue *queue)
{
	return queue->first ? queue->first->due_msec : UINT64_MAX;
}
