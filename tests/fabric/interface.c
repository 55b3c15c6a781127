// SPDX-License-Identifier: LGPL-2.1-or-later
/* Packet sockets, see packet(7). */
#include "interface.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* Room for bursts of writes: a lost frame costs a SCSI time-out. */
#define SOCKET_BUFFER (32 * 1024 * 1024)

static const uint8_t all_fcfs[MAC_LEN] = { 0x01, 0x10, 0x18, 0x01, 0x00, 0x02 };

static int get_mac(int fd, const char *name, uint8_t ret_mac[MAC_LEN])
{
	struct ifreq request = { 0 };

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (ioctl(fd, SIOCGIFHWADDR, &request) < 0)
		return -errno;
	memcpy(ret_mac, request.ifr_hwaddr.sa_data, MAC_LEN);
	return 0;
}

static int bind_to(int fd, int index)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = index,
	};
	struct packet_mreq group = {
		.mr_ifindex = index,
		.mr_type = PACKET_MR_MULTICAST,
		.mr_alen = MAC_LEN,
	};

	memcpy(group.mr_address, all_fcfs, MAC_LEN);
	if (setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &group, sizeof(group)) < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0)
		return -errno;
	return 0;
}

static int set_options(int fd)
{
	int size = SOCKET_BUFFER;
	int on = 1;

	if (setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)) < 0)
		return -errno;
	return 0;
}

int interface_open(const char *name, struct interface *ret_interface)
{
	struct interface interface = { .fd = -EBADF };
	unsigned int index = if_nametoindex(name);
	int r;

	if (index == 0)
		return -ENODEV;
	/* Protocol 0: nothing is received before the socket is bound to its interface. */
	interface.fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	if (interface.fd < 0)
		return -errno;
	snprintf(interface.name, sizeof(interface.name), "%s", name);
	r = set_options(interface.fd);
	if (r == 0)
		r = get_mac(interface.fd, name, interface.mac);
	if (r == 0)
		r = bind_to(interface.fd, (int)index);
	if (r < 0) {
		interface_close(&interface);
		return r;
	}
	*ret_interface = interface;
	return 0;
}

void interface_close(struct interface *interface)
{
	if (interface->fd >= 0)
		close(interface->fd);
	interface->fd = -EBADF;
}

/* Fibre Channel loses no frame; whoever looks for the cause of a hang is to find it here. Each question sets the counters
 * of the kernel to zero. */
static void report_loss(const struct interface *interface)
{
	struct tpacket_stats stats = { 0 };
	socklen_t size = sizeof(stats);

	if (getsockopt(interface->fd, SOL_PACKET, PACKET_STATISTICS, &stats, &size) ==
		    0 &&
	    stats.tp_drops > 0)
		fprintf(stderr, "npiv-fcf: %s: %u frames lost on their way here\n",
			interface->name, stats.tp_drops);
}

size_t interface_receive(const struct interface *interface, uint8_t *buffer, size_t size)
{
	for (;;) {
		ssize_t n = recv(interface->fd, buffer, size, MSG_DONTWAIT | MSG_TRUNC);

		if (n < 0) {
			report_loss(interface);
			return 0;
		}
		if ((size_t)n <= size)
			return (size_t)n;
	}
}

void interface_send(const struct interface *interface, const uint8_t *frame, size_t len)
{
	if (send(interface->fd, frame, len, MSG_NOSIGNAL) < 0 && errno != ENETDOWN)
		fprintf(stderr, "npiv-fcf: %s: a frame cannot be sent: %s\n",
			interface->name, strerror(errno));
}

bool interface_has_carrier(const struct interface *interface)
{
	struct ifreq request = { 0 };

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", interface->name);
	if (ioctl(interface->fd, SIOCGIFFLAGS, &request) < 0)
		return false;
	return (request.ifr_flags & IFF_UP) && (request.ifr_flags & IFF_RUNNING);
}
