#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/mount.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef MS_REC
#define MS_REC 16384
#endif

static int make_shared(const char *path) {
    return mount("", path, "none", MS_SHARED | MS_REC, NULL) == 0 ? 0 : errno;
}

int nm_share_mount(const char *path) {
    int code = make_shared(path);
    // Of what is no mount point there is nothing to share.
    if (code == EINVAL) {
        code = mount(path, path, "none", MS_BIND | MS_REC, NULL) == 0 ? make_shared(path) : errno;
    }
    return code;
}

int nm_unmount(const char *path) {
    return umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == 0 ? 0 : errno;
}

static int mount_number(int descriptor, unsigned long long *number) {
    struct statx facts;
    if (statx(descriptor, "", AT_EMPTY_PATH, STATX_MNT_ID, &facts) != 0) {
        return errno;
    }
    *number = facts.stx_mnt_id;
    return (facts.stx_mask & STATX_MNT_ID) != 0 ? 0 : ENOSYS;
}

// The directory as a file handle, which knows nothing of mounts, taken from a copy of the mount without what is mounted
// in it.
static int handle_of(const char *mount_point, const char *directory, struct file_handle *handle) {
    int copy = (int)syscall(SYS_open_tree, AT_FDCWD, mount_point, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    if (copy < 0) {
        return errno;
    }
    int ignored;
    int flags = directory[0] == '\0' ? AT_EMPTY_PATH : 0;
    int code = name_to_handle_at(copy, directory, handle, &ignored, flags) == 0 ? 0 : errno;
    close(copy);
    return code;
}

int nm_open_under_mounts(const char *mount_point, unsigned long long mount, const char *directory, int *descriptor) {
    int top = open(mount_point, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (top < 0) {
        return errno;
    }
    unsigned long long number = 0;
    int code = mount_number(top, &number);
    if (code == 0 && number != mount) {
        code = ESTALE;
    }
    struct file_handle *handle = code == 0 ? calloc(1, sizeof *handle + MAX_HANDLE_SZ) : NULL;
    if (code == 0 && handle == NULL) {
        code = ENOMEM;
    }
    if (code == 0) {
        handle->handle_bytes = MAX_HANDLE_SZ;
        code = handle_of(mount_point, directory, handle);
    }
    if (code == 0) {
        *descriptor = open_by_handle_at(top, handle, O_PATH | O_DIRECTORY | O_CLOEXEC);
        code = *descriptor < 0 ? errno : 0;
    }
    free(handle);
    close(top);
    return code;
}

int nm_unmount_in(int directory, const char *name) {
    char path[PATH_MAX];
    int length = snprintf(path, sizeof path, "/proc/thread-self/fd/%d/%s", directory, name);
    if (length < 0 || (size_t)length >= sizeof path) {
        return ENAMETOOLONG;
    }
    return nm_unmount(path);
}
