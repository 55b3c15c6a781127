/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Frames that leave later than they came. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct delayed_frame {
	struct delayed_frame *next;
	uint64_t due_msec;
	unsigned int link;
	size_t len;
	uint8_t data[];
};

/* Earliest first; frames that are due at the same time keep their order. */
struct delay_queue {
	struct delayed_frame *first;
	size_t n_frames;
};

#define DELAY_QUEUE_MAX 16384

/* Takes a copy of the frame. -ENOMEM, -ENOBUFS when the queue is full. */
int delay_queue_push(struct delay_queue *queue, unsigned int link, const uint8_t *data,
		     size_t len, uint64_t due_msec);

/* The first frame that is due, now the caller's to free(), or NULL. */
struct delayed_frame *delay_queue_pop(struct delay_queue *queue, uint64_t now_msec);

/* When the next frame is due; UINT64_MAX when there is none. */
uint64_t delay_queue_due(const struct delay_queue *queue);
