// SPDX-License-Identifier: LGPL-2.1-or-later
/* Leads from a parent without the vport to a vport with a state file: creates it, or adopts an existing one. */
#include <inttypes.h>

#include "diagnose/create-result.h"
#include "lib/limits.h"
#include "fc/wwn.h"
#include "lib/clock.h"
#include "lib/compat.h"
#include "lib/fd.h"
#include "lib/host-identity.h"
#include "lib/roots.h"
#include "state/lock.h"
#include "event/notify.h"
#include "state/state-dir.h"
#include "fc/vport.h"
#include "state/vport-mark.h"
#include "vport/login.h"
#include "vport/make.h"
#include "vport/write.h"

/* Between two writes to vport_create, whatever they gave. */
#define RETRY_USEC USEC_PER_SEC

/* Time to wait for a parent's lock before looking again, because another parent may be free. It doubles each time:
 * if hundreds of starts wait, their looks cause the delay. */
#define LOCK_MIN_USEC (8 * USEC_PER_SEC)

static struct log_subject *make_subject(const struct make *make)
{
	return &make->wait->task->subject;
}

static void make_log_done(const struct make *make, const char *what)
{
	const struct diagnosis *diagnosis = &make->wait->diagnosis;
	const struct log_event event = {
		.priority = LOG_INFO,
		.message_id = MESSAGE_ID_VPORT_CREATED,
	};
	char wwpn[WWN_TEXT_SIZE], parent[WWN_TEXT_SIZE];

	log_event(make_subject(make), &event,
		  "%s virtual port %s below %s (host%" PRIu32 ")", what,
		  wwn_format(make->state->wwpn, wwpn),
		  wwn_format(make->state->parent_wwpn, parent),
		  diagnosis->parent ? diagnosis->parent->host : HOST_NONE);
}

/* Whose vport it is counts for nothing here: a vHBA that is up wants it. */
static void make_mark(const struct make *make, const struct fc_vport *vport)
{
	int r = vport_mark(make->wait->task->run, make->state->name, vport->sysname);

	if (r < 0)
		log_warning(make_subject(make), "cannot mark %s as wanted: %s, ignoring",
			    vport->sysname, strerror(-r));
}

/* Writes the state. npiv-id knows from here on whose the disks are that come. vport: NULL before it is
 * made. *ret_is_new (or NULL): whether the state was another before. Returns 0 or LUN_WAIT_FAILED. */
static int make_remember(struct make *make, bool is_ours, const struct fc_vport *vport,
			 bool *ret_is_new)
{
	const struct diagnosis *diagnosis = &make->wait->diagnosis;
	int r;

	make->state->is_ours = is_ours;
	(void)snprintf(make->state->vport, sizeof(make->state->vport), "%s",
		       vport ? vport->sysname : "");
	if (make->state->type == VHBA_HBA) {
		make->state->wwpn = diagnosis->port->wwpn;
		make->state->wwnn = diagnosis->port->wwnn;
	} else if (diagnosis->parent) {
		make->state->parent_wwpn = diagnosis->parent->wwpn;
	}
	r = state_dir_write(make->wait->task->run, make->state);
	if (r < 0)
		return lun_wait_fail(make->wait,
				     vport_fail_errno(make->wait->task, r,
						      "write the state below /run/npiv"));

	if (ret_is_new)
		*ret_is_new = r > 0;
	task_set_subject(make->wait->task, make->state);
	make->is_written = true;
	if (vport)
		make_mark(make, vport);
	return 0;
}

/* The write has created nothing: a vport of this WWPN that appears later is not one of npiv. */
static int make_forget(struct make *make)
{
	make->is_written = false;
	make->state->is_ours = false;
	make->state->vport[0] = '\0';
	return state_dir_remove(make->wait->task->run, make->state);
}

/* Adopts an existing vport: of an earlier start, of the HBA's flash, or of another program. Its disks may have
 * appeared before there was a state to name them. */
static int make_adopt(struct make *make)
{
	struct lun_wait *wait = make->wait;
	const struct fc_vport *vport = wait->diagnosis.vport;
	bool is_known = vport && vhba_state_owns(make->state, &wait->inventory, vport);
	bool is_new;
	int r;

	r = make_remember(make, is_known, vport, &is_new);
	if (r != 0)
		return r;
	if (make->state->type == VHBA_VPORT)
		make_log_done(make, is_known ? "found our" : "adopted the existing");
	if (wait->host != HOST_NONE)
		lun_wait_scan(wait); /* for LUNs that were mapped since it came up */
	r = lun_wait_look(wait);
	/* udev may have missed its chance: its rules were not there, or /run was full. */
	if (r >= 0 && (is_new || wait->diagnosis.stage == STAGE_LINKS_PENDING))
		r = uevent_trigger_host(&wait->uevents, wait->task->sysfs_fd,
					&wait->inventory, wait->host);
	return r < 0 ? r : LUN_WAIT_AGAIN;
}

static int make_give_up(struct make *make, const struct create_result *verdict,
			const char *detail)
{
	return lun_wait_fail(make->wait, vport_fail(make->wait->task, verdict->stage,
						    detail, verdict->hint));
}

static void make_explain(const struct fc_port *parent, ssize_t result,
			 const struct create_result *verdict, char *buf, size_t size)
{
	char answer[64];
	int n;

	if (result < 0)
		(void)snprintf(answer, sizeof(answer), "%s",
			       strerrorname_np((int)-result) ?
				       strerrorname_np((int)-result) :
				       "an unknown error");
	else
		(void)snprintf(answer, sizeof(answer), "%zd of %d bytes", result,
			       VPORT_TEXT_LENGTH);
	n = snprintf(buf, size, "vport_create of host%" PRIu32 " (%s) answered %s",
		     parent->host, *parent->driver ? parent->driver : "unknown driver",
		     answer);
	if (verdict->reason && n > 0 && (size_t)n < size)
		(void)snprintf(buf + n, size - (size_t)n, ": %s", verdict->reason);
}

/* parent: the port as it was before the write. */
static int make_judge_answer(struct make *make, const struct fc_port *parent,
			     ssize_t result)
{
	const struct inventory *inventory = &make->wait->inventory;
	const struct fc_vport *vport;
	struct create_result verdict;
	char detail[NPIV_DETAIL_MAX];
	int r;

	r = lun_wait_look(make->wait);
	if (r < 0)
		return r;
	vport = inventory_vport_below(inventory, make->state->wwpn, parent->host);
	verdict = create_result(inventory_port_by_host(inventory, parent->host), result,
				vport != NULL);
	switch (verdict.action) {
	case CREATE_DONE:
		make_log_done(make, "made");
		r = make_remember(make, true, vport, NULL);
		return r != 0 ? r : LUN_WAIT_AGAIN;
	case CREATE_ADOPT:
		/* The write failed, so it is not known who created the vport: do not delete it. */
		make->state->is_ours = false;
		return make_adopt(make);
	case CREATE_RETRY:
	case CREATE_FAIL:
		break;
	}

	r = make_forget(make);
	if (r < 0)
		return r;
	make_explain(parent, result, &verdict, detail, sizeof(detail));
	if (verdict.action == CREATE_FAIL)
		return make_give_up(make, &verdict, detail);
	notify_status("waiting for the link: %s", detail);
	return LUN_WAIT_ON;
}

/* Another vHBA with this WWPN that is still up would lose its link to this one. Returns 0, LUN_WAIT_FAILED if
 * there is one, or -errno. */
static int make_check_owner(struct make *make)
{
	char owner[NPIV_NAME_MAX + 1], detail[NPIV_NAME_MAX + 64];
	int r;

	r = state_dir_owner(make->wait->task->run, make->state->wwpn, owner);
	if (r <= 0 || streq(owner, make->state->name))
		return r < 0 ? r : 0;
	(void)snprintf(detail, sizeof(detail), "vHBA '%s' is up with this WWPN", owner);
	return lun_wait_fail(make->wait, vport_fail(make->wait->task, STAGE_WWN_REFUSED,
						    detail, "stop that one first"));
}

/* The child that writes has not reported the driver's answer. The announced state stays: the vport may exist, or
 * appear later. Returns LUN_WAIT_AGAIN, LUN_WAIT_FAILED or -errno. */
static int make_without_answer(struct make *make, const struct fc_port *parent, int error)
{
	char detail[NPIV_DETAIL_MAX];

	if (error == -EPIPE) {
		log_warning(make_subject(make),
			    "the process that wrote to vport_create of host%" PRIu32
			    " was killed: looking what became of it",
			    parent->host);
		return LUN_WAIT_AGAIN;
	}
	if (error != -ETIMEDOUT)
		return error;
	(void)snprintf(detail, sizeof(detail),
		       "the driver (%s) has not answered vport_create of host%" PRIu32
		       " yet",
		       *parent->driver ? parent->driver : "unknown", parent->host);
	return lun_wait_fail(make->wait, vport_fail(make->wait->task, STAGE_VPORT_FAILED,
						    detail, NULL));
}

/* No child could be started that writes. Returns -errno. */
static int make_not_begun(struct make *make, int error)
{
	int r = make_forget(make);

	return r < 0 ? r : error;
}

/* Checks again, now with the lock of the parent held, what was seen before: another start may have used the last
 * free vport. Returns 0 after a write to vport_create, LUN_WAIT_AGAIN, LUN_WAIT_FAILED or -errno. *ret_parent is
 * the port as it was before the write. */
static int make_create_locked(struct make *make, int lock, uint64_t locked_wwpn,
			      struct fc_port *ret_parent, ssize_t *ret_result)
{
	struct lun_wait *wait = make->wait;
	const struct diagnosis *diagnosis = &wait->diagnosis;
	int r;

	r = lun_wait_look(wait);
	if (r < 0)
		return r;
	if (!diagnosis->may_create || diagnosis->parent->wwpn != locked_wwpn)
		return LUN_WAIT_AGAIN;
	make->state->login_usec = now_usec();
	r = make_remember(make, true, NULL, NULL);
	if (r != 0)
		return r;
	*ret_parent = *diagnosis->parent;
	notify_status("making the virtual port below host%" PRIu32, ret_parent->host);
	make->not_before = now_usec() + RETRY_USEC;
	r = vport_write_create(wait->task, lock, ret_parent->host, make->state->wwpn,
			       make->state->wwnn, wait->deadline, ret_result);
	if (r > 0)
		return make_not_begun(make, (int)*ret_result);
	return r < 0 ? make_without_answer(make, ret_parent, r) : 0;
}

/* Returns the lock, -EAGAIN if another process has it or the time is over, so that all has to be looked at again,
 * or -errno. */
static int make_lock_parent(struct make *make, uint64_t wwpn, struct watch *watch)
{
	struct lun_wait *wait = make->wait;
	char holder[192];
	uint64_t end;
	int lock;

	lock = lock_take_parent(wait->task->run, wwpn, 0);
	/* The last look, after the deadline, must not begin anything: the caller would not wait for it. */
	if (lock >= 0 && left_usec(wait->deadline) == 0) {
		close(lock);
		return -EAGAIN;
	}
	if (lock != -EAGAIN)
		return lock;
	notify_status("waiting for the lock of the parent HBA");
	make->lock_usec = make->lock_usec ? make->lock_usec * 2 : LOCK_MIN_USEC;
	end = now_usec() + make->lock_usec;
	lock = lock_take_parent(wait->task->run, wwpn,
				end < wait->deadline ? end : wait->deadline);
	if (lock != -EAGAIN)
		return lock;
	lock_print_holder_of_parent(wait->task->run, wwpn, holder, sizeof(holder));
	(void)snprintf(wait->diagnosis.detail, sizeof(wait->diagnosis.detail),
		       "the parent HBA is locked, %s", holder);
	watch_within(watch, 1);
	return -EAGAIN;
}

/* Waits until no write of an earlier run is under way below the remembered parent. Returns LUN_WAIT_AGAIN after
 * this wait, 0 if an earlier call has waited, -EAGAIN if the next look has to try again, or -errno. */
static int make_await_earlier(struct make *make, struct watch *watch)
{
	int lock;

	if (make->is_awaited)
		return 0;
	lock = make_lock_parent(make, make->state->parent_wwpn, watch);
	if (lock < 0)
		return lock;
	close(lock);
	make->is_awaited = true;
	return LUN_WAIT_AGAIN;
}

/* A vport that a killed start has announced below another parent must have appeared, or be known not to, before
 * one is created elsewhere. Returns as make_await_earlier(). */
static int make_await_announced(struct make *make, struct watch *watch)
{
	return vhba_state_is_announced(make->state) &&
			       make->state->parent_wwpn !=
				       make->wait->diagnosis.parent->wwpn ?
		       make_await_earlier(make, watch) :
		       0;
}

/* Whether a driver may still be working on a vport of npiv: a start was killed while it created the vport, or a
 * stop began to delete it (vport_remove() first removes the mark) and did not see the end. */
static bool make_is_under_way(const struct make *make, const struct fc_vport *vport)
{
	return vport && vhba_state_owns(make->state, &make->wait->inventory, vport) &&
	       (vhba_state_is_announced(make->state) ||
		!vport_is_marked(make->wait->task->run, make->state->name,
				 vport->sysname));
}

/* Adopts no vport that is about to go. Until that is known the vHBA is not ready, whatever its LUNs are. */
static int make_adopt_settled(struct make *make, struct watch *watch)
{
	struct diagnosis *diagnosis = &make->wait->diagnosis;
	int r;

	r = make_is_under_way(make, diagnosis->vport) ? make_await_earlier(make, watch) :
							0;
	if (r == 0)
		return make_adopt(make);
	if (r != -EAGAIN)
		return r;
	diagnosis->stage = STAGE_VPORT_FAILED;
	diagnosis->is_final = false;
	return LUN_WAIT_ON;
}

static int make_create(struct make *make, struct watch *watch)
{
	uint64_t left = left_usec(make->not_before);
	uint64_t wwpn = make->wait->diagnosis.parent->wwpn;
	struct fc_port parent;
	ssize_t result;
	int lock, r;

	if (left > 0) {
		watch_within(watch, left);
		return LUN_WAIT_ON;
	}
	r = make_await_announced(make, watch);
	if (r != 0)
		return r == -EAGAIN ? LUN_WAIT_ON : r;
	lock = make_lock_parent(make, wwpn, watch);
	if (lock < 0)
		return lock == -EAGAIN ? LUN_WAIT_ON : lock;
	r = make_create_locked(make, lock, wwpn, &parent, &result);
	/* Others wait for it; what became of the write is seen without it as well. */
	close(lock);
	return r == 0 ? make_judge_answer(make, &parent, result) : r;
}

static bool make_can_reset(const struct make *make)
{
	const struct diagnosis *diagnosis = &make->wait->diagnosis;

	return diagnosis->vport && vport_state_needs_reset(diagnosis->vport->state) &&
	       diagnosis->parent && diagnosis->parent->state == PORT_ONLINE;
}

/* Checks again, now with the lock of the parent held, what was seen before. */
static int make_reset_locked(struct make *make, int lock)
{
	struct lun_wait *wait = make->wait;
	const struct fc_vport *vport;
	int r;

	r = lun_wait_look(wait);
	if (r < 0)
		return r;
	if (!make_can_reset(make))
		return LUN_WAIT_AGAIN;
	make->was_reset = true;
	vport = wait->diagnosis.vport;
	log_info(make_subject(make), "%s is %s: disabling and enabling it once",
		 vport->sysname, vport_state_to_string(vport->state));
	r = vport_write_reset(wait->task, lock, vport, wait->deadline);
	if (r == -ECANCELED)
		return r;
	if (r < 0)
		log_warning(make_subject(make),
			    "cannot disable and enable %s: %s, ignoring", vport->sysname,
			    strerror(-r));
	return r < 0 ? LUN_WAIT_ON : LUN_WAIT_AGAIN;
}

/* lpfc gives a vport up that was made before its fabric login was done; a switch may have refused one
 * that it lets in now. Neither is tried again by the driver, so each start asks for it once. */
static int make_reset(struct make *make, struct watch *watch)
{
	int lock, r;

	if (make->was_reset || !make_can_reset(make))
		return LUN_WAIT_ON;
	lock = make_lock_parent(make, make->wait->diagnosis.parent->wwpn, watch);
	if (lock < 0)
		return lock == -EAGAIN ? LUN_WAIT_ON : lock;
	r = make_reset_locked(make, lock);
	close(lock);
	return r;
}

static void make_print_symbolic_name(const struct make *make, char *buf, size_t size)
{
	_cleanup_free_ char *text = NULL;
	struct host_identity host;

	host_identity_read(environment_root(), &host);
	if (make->wait->vhba->symbolic_name)
		text = strdup(make->wait->vhba->symbolic_name);
	else if (asprintf(&text, "npiv:%s:%s", host.name, make->state->name) < 0)
		text = NULL;
	(void)snprintf(buf, size, "%s", text ? text : make->state->name);
}

/* Once a start, and only when the port is logged in: libfc computes the length of the name twice while it
 * registers it with the name server (fc_lport_enter_ns(), fc_ct_ns_fill()), and the kernel dies of a name that
 * grows in between. */
static void make_set_symbolic_name(struct make *make)
{
	const struct diagnosis *diagnosis = &make->wait->diagnosis;
	char name[NPIV_SYMBOLIC_NAME_MAX + 1];

	if (make->is_named || diagnosis->vport->state != VPORT_ACTIVE ||
	    !diagnosis->port || diagnosis->port->state != PORT_ONLINE)
		return;
	make->is_named = true;
	make_print_symbolic_name(make, name, sizeof(name));
	if (streq(name, diagnosis->vport->symbolic_name))
		return;
	/* Most drivers do not allow this: that is no fault. */
	(void)vport_set_symbolic_name(make->wait->task->sysfs_fd, diagnosis->vport, name);
}

int make_or_adopt(struct watch *watch, void *context)
{
	struct make *make = context;
	const struct diagnosis *diagnosis = &make->wait->diagnosis;
	bool is_there = make->state->type == VHBA_HBA ? diagnosis->port != NULL :
							diagnosis->vport != NULL;
	int r;

	if (is_there && make->is_written) {
		if (!diagnosis->vport)
			return LUN_WAIT_ON;
		make_set_symbolic_name(make);
		r = make_reset(make, watch);
		return r == 0 ? vport_login_anew(make, watch) : r;
	}
	if (!is_there && !diagnosis->may_create)
		return LUN_WAIT_ON;
	/* A vport below a parent that the keys do not allow, or with another WWNN, is left alone. */
	if (is_there && diagnosis->stage == STAGE_WWN_REFUSED && diagnosis->is_final &&
	    diagnosis->vport->state != VPORT_FABRIC_REJECTED_WWN)
		return LUN_WAIT_ON;
	r = make_check_owner(make);
	if (r != 0)
		return r;
	return is_there ? make_adopt_settled(make, watch) : make_create(make, watch);
}
