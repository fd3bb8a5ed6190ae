#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

int nm_path_open(int directory, const char *name, int *descriptor) {
    int opened = openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (opened < 0) {
        return errno;
    }
    *descriptor = opened;
    return 0;
}

// Before main, and so before the runtime of Swift opens its own descriptors: one of those would be given the number of
// a standard descriptor that whoever started the program has closed, and what is printed would go there.
//
// They are taken the wrong way round, for reading where one would write: every use fails with EBADF, as if they were
// still closed.
__attribute__((constructor)) static void hold_standard_descriptors(void) {
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0) {
            // The lowest number that is free is the one that was asked for.
            (void)!open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
        }
    }
}

// For kernels and sandboxes without openat2(2): the name has no slash, so that only itself can lead away.
static int open_plainly(int directory, const char *name, int flags) {
    if (strchr(name, '/') != NULL || strcmp(name, "..") == 0) {
        errno = EXDEV;
        return -1;
    }
    struct stat above, here;
    int opened = openat(directory, name, flags | O_NOFOLLOW);
    if (opened < 0) {
        return -1;
    }
    if (fstat(directory, &above) != 0 || fstat(opened, &here) != 0 || above.st_dev != here.st_dev) {
        close(opened);
        errno = EXDEV;
        return -1;
    }
    return opened;
}

int nm_open_beneath(int directory, const char *name, int flags, int *descriptor) {
    struct open_how how = {
        .flags = (unsigned)(flags | O_CLOEXEC | O_NOFOLLOW),
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV,
    };
    int opened = -1;
    // EAGAIN: something was renamed meanwhile.
    for (int attempt = 0; attempt < 100; attempt++) {
        opened = (int)syscall(SYS_openat2, directory, name, &how, sizeof how);
        if (opened >= 0 || (errno != EAGAIN && errno != EINTR)) {
            break;
        }
    }
    if (opened < 0 && (errno == ENOSYS || errno == EPERM)) {
        opened = open_plainly(directory, name, flags | O_CLOEXEC);
    }
    if (opened < 0) {
        return errno;
    }
    *descriptor = opened;
    return 0;
}
