#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Called by number: the C library of Debian 12 has these wrappers, older ones that a container may bring do not.

int nm_pidfd_open(int pid, int *descriptor) {
    long opened = syscall(SYS_pidfd_open, pid, 0);
    if (opened < 0) {
        return errno;
    }
    *descriptor = (int)opened;
    return 0;
}

int nm_pidfd_signal(int descriptor, int signal) {
    return syscall(SYS_pidfd_send_signal, descriptor, signal, NULL, 0) == 0 ? 0 : errno;
}

int nm_pidfd_wait(int descriptor, int milliseconds) {
    struct pollfd entry = {.fd = descriptor, .events = POLLIN};
    int ready = poll(&entry, 1, milliseconds);
    return ready < 0 ? -errno : ready;
}

int nm_adopt_orphans(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 ? 0 : errno;
}

int nm_signal_at_parent_death(int signal) {
    return prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0) == 0 ? 0 : errno;
}

int nm_set_name(const char *name) {
    return prctl(PR_SET_NAME, name, 0, 0, 0) == 0 ? 0 : errno;
}

const char *nm_error_text(int code) {
    return strerrordesc_np(code);
}
