#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
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
