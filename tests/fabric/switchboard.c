// SPDX-License-Identifier: LGPL-2.1-or-later
/* The event loop around a fabric. */
#include "switchboard.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "control.h"

#define TICK_MSEC  250
#define EVENTS_MAX 16
/* Frames taken from one interface before the others get their turn. */
#define BURST_MAX 64

/* What an epoll event is about: a link, or one of these, or else the fd of a control client. */
#define EVENT_CONTROL (FABRIC_LINKS_MAX + 0u)
#define EVENT_NETLINK (FABRIC_LINKS_MAX + 1u)
#define EVENT_SIGNAL  (FABRIC_LINKS_MAX + 2u)
#define EVENT_CLIENT  (FABRIC_LINKS_MAX + 3u)

uint64_t now_msec(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (uint64_t)ts.tv_sec * 1000 + (uint64_t)ts.tv_nsec / 1000000;
}

static int watch(struct switchboard *board, int fd, uint32_t what)
{
	struct epoll_event event = { .events = EPOLLIN };

	event.data.u64 = (uint64_t)fd << 32 | what;
	return epoll_ctl(board->epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

static void send_frame(void *context, unsigned int link, const uint8_t *frame, size_t len,
		       uint32_t delay_msec)
{
	struct switchboard *board = context;

	if (delay_msec == 0)
		interface_send(&board->interfaces[link], frame, len);
	else
		(void)delay_queue_push(&board->delayed, link, frame, len,
				       now_msec() + delay_msec);
}

static int open_netlink(struct switchboard *board)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK,
				       .nl_groups = RTMGRP_LINK };

	board->netlink_fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
				   NETLINK_ROUTE);
	if (board->netlink_fd < 0)
		return -errno;
	if (bind(board->netlink_fd, (const struct sockaddr *)&address, sizeof(address)) <
	    0)
		return -errno;
	return watch(board, board->netlink_fd, EVENT_NETLINK);
}

static int open_signals(struct switchboard *board)
{
	sigset_t signals;

	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	sigaddset(&signals, SIGINT);
	if (sigprocmask(SIG_BLOCK, &signals, NULL) < 0)
		return -errno;
	board->signal_fd = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
	if (board->signal_fd < 0)
		return -errno;
	return watch(board, board->signal_fd, EVENT_SIGNAL);
}

static int open_control(struct switchboard *board, const char *socket_path)
{
	int fd = control_listen(socket_path);

	if (fd < 0)
		return fd;
	board->control_fd = fd;
	return watch(board, fd, EVENT_CONTROL);
}

int switchboard_init(struct switchboard *board, const char *name, const char *socket_path)
{
	int r;

	memset(board, 0, sizeof(*board));
	fabric_init(&board->fabric, name);
	board->fabric.send = send_frame;
	board->fabric.context = board;
	for (unsigned int i = 0; i < FABRIC_LINKS_MAX; i++)
		board->interfaces[i].fd = -EBADF;
	board->netlink_fd = board->control_fd = board->signal_fd = -EBADF;
	board->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (board->epoll_fd < 0)
		return -errno;
	r = open_signals(board);
	if (r == 0)
		r = open_netlink(board);
	if (r == 0)
		r = open_control(board, socket_path);
	return r;
}

void switchboard_done(struct switchboard *board)
{
	const int fds[] = { board->epoll_fd, board->netlink_fd, board->control_fd,
			    board->signal_fd };
	struct delayed_frame *frame;

	for (unsigned int i = 0; i < FABRIC_LINKS_MAX; i++)
		interface_close(&board->interfaces[i]);
	for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	while ((frame = delay_queue_pop(&board->delayed, UINT64_MAX)))
		free(frame);
}

int switchboard_find(const struct switchboard *board, const char *name)
{
	for (unsigned int i = 0; i < FABRIC_LINKS_MAX; i++)
		if (board->interfaces[i].fd >= 0 &&
		    strcmp(board->interfaces[i].name, name) == 0)
			return (int)i;
	return -ENODEV;
}

static int find_free(const struct switchboard *board)
{
	for (unsigned int i = 0; i < FABRIC_LINKS_MAX; i++)
		if (board->interfaces[i].fd < 0)
			return (int)i;
	return -ENOSPC;
}

int switchboard_attach(struct switchboard *board, const char *name, enum fabric_role role)
{
	int link = find_free(board);
	struct interface *interface;
	int r;

	if (switchboard_find(board, name) >= 0)
		return -EEXIST;
	if (link < 0)
		return link;
	interface = &board->interfaces[link];
	r = interface_open(name, interface);
	if (r < 0)
		return r;
	r = watch(board, interface->fd, (uint32_t)link);
	if (r < 0) {
		interface_close(interface);
		return r;
	}
	fabric_add_link(&board->fabric, (unsigned int)link, role, interface->mac);
	return 0;
}

void switchboard_detach(struct switchboard *board, unsigned int link)
{
	fabric_link_lost(&board->fabric, link);
	board->fabric.links[link].used = false;
	interface_close(&board->interfaces[link]);
}

/* Some interface changed; which one is cheaper to look up than to parse. */
static void check_carriers(struct switchboard *board)
{
	uint8_t buffer[8192];

	while (recv(board->netlink_fd, buffer, sizeof(buffer), 0) > 0)
		;
	for (unsigned int i = 0; i < FABRIC_LINKS_MAX; i++) {
		const struct interface *interface = &board->interfaces[i];

		if (interface->fd < 0)
			continue;
		if (if_nametoindex(interface->name) == 0)
			switchboard_detach(board, i);
		else if (!interface_has_carrier(interface))
			fabric_link_lost(&board->fabric, i);
	}
}

static void receive_frames(struct switchboard *board, unsigned int link)
{
	const struct interface *interface = &board->interfaces[link];
	uint8_t buffer[ETH_FRAME_MAX];

	for (int i = 0; i < BURST_MAX && interface->fd >= 0; i++) {
		size_t len = interface_receive(interface, buffer, sizeof(buffer));

		if (len == 0)
			return;
		fabric_receive(&board->fabric, link, buffer, len, now_msec());
	}
}

static void send_delayed(struct switchboard *board)
{
	struct delayed_frame *frame;

	while ((frame = delay_queue_pop(&board->delayed, now_msec()))) {
		interface_send(&board->interfaces[frame->link], frame->data, frame->len);
		free(frame);
	}
}

static int wait_msec(const struct switchboard *board, uint64_t now)
{
	uint64_t due = delay_queue_due(&board->delayed);

	if (due <= now)
		return 0;
	return due - now < TICK_MSEC ? (int)(due - now) : TICK_MSEC;
}

static void accept_client(struct switchboard *board)
{
	int fd = accept4(board->control_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd >= 0 && watch(board, fd, EVENT_CLIENT) < 0)
		close(fd);
}

/* Handles one event; false when it asks the loop to end. */
static bool dispatch(struct switchboard *board, uint64_t data)
{
	uint32_t what = (uint32_t)data;
	int fd = (int)(data >> 32);

	switch (what) {
	case EVENT_SIGNAL:
		return false;
	case EVENT_CONTROL:
		accept_client(board);
		break;
	case EVENT_NETLINK:
		check_carriers(board);
		break;
	case EVENT_CLIENT:
		/* One question, one answer: closing also takes it out of epoll. */
		control_serve(fd, board);
		close(fd);
		break;
	default:
		receive_frames(board, what);
		break;
	}
	return true;
}

int switchboard_run(struct switchboard *board)
{
	uint64_t tick_msec = 0;

	for (;;) {
		struct epoll_event events[EVENTS_MAX];
		uint64_t now = now_msec();
		int n;

		n = epoll_wait(board->epoll_fd, events, EVENTS_MAX,
			       wait_msec(board, now));
		if (n < 0 && errno != EINTR)
			return -errno;
		for (int i = 0; i < n; i++)
			if (!dispatch(board, events[i].data.u64))
				return 0;
		send_delayed(board);
		now = now_msec();
		if (now >= tick_msec) {
			fabric_tick(&board->fabric, now);
			tick_msec = now + TICK_MSEC;
		}
	}
}
