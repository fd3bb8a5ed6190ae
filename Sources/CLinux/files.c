#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>

int nm_path_open(int directory, const char *name, int *descriptor) {
    int opened = openat(directory, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    if (opened < 0) {
        return errno;
    }
    *descriptor = opened;
    return 0;
}
