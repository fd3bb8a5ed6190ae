#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <unistd.h>

static const char *const own_namespace = "/proc/thread-self/ns/net";

// Starts `entry(argument)` on a thread of its own. Signals stay blocked there: a handler would otherwise run in a
// foreign namespace.
static int start_fresh_thread(pthread_t *thread, void *(*entry)(void *), void *argument) {
    sigset_t all, before;
    sigfillset(&all);
    int error = pthread_sigmask(SIG_SETMASK, &all, &before);
    if (error != 0) {
        return error;
    }
    error = pthread_create(thread, NULL, entry, argument);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

static int on_fresh_thread(void *(*entry)(void *), void *argument) {
    pthread_t thread;
    int error = start_fresh_thread(&thread, entry, argument);
    return error != 0 ? error : pthread_join(thread, NULL);
}

static void *create_namespace(void *argument) {
    struct nm_namespace_creation *creation = argument;
    creation->step = "unshare";
    if (unshare(CLONE_NEWNET) != 0) {
        creation->error = errno;
        return NULL;
    }
    creation->step = "open";
    creation->descriptor = open(own_namespace, O_RDONLY | O_CLOEXEC);
    if (creation->descriptor < 0) {
        creation->error = errno;
        return NULL;
    }
    if (creation->path == NULL) {
        return NULL;
    }
    creation->step = "mount";
    if (mount(own_namespace, creation->path, NULL, MS_BIND, NULL) != 0) {
        creation->error = errno;
        close(creation->descriptor);
        creation->descriptor = -1;
    }
    return NULL;
}

void nm_namespaces_create(struct nm_namespace_creation *creations, int count) {
    pthread_t threads[NM_NAMESPACES_AT_ONCE];
    int refusal = 0;
    for (int first = 0; first < count; first += NM_NAMESPACES_AT_ONCE) {
        int started = 0;
        for (int index = first; index < count && index < first + NM_NAMESPACES_AT_ONCE; index++) {
            struct nm_namespace_creation *creation = &creations[index];
            creation->step = "pthread_create";
            creation->descriptor = -1;
            creation->error = 0;
            // Where one thread cannot be had, the next will not be either.
            if (refusal == 0) {
                refusal = start_fresh_thread(&threads[started], create_namespace, creation);
            }
            if (refusal != 0) {
                creation->error = refusal;
            } else {
                started++;
            }
        }
        for (int index = 0; index < started; index++) {
            pthread_join(threads[index], NULL);
        }
    }
}

struct visit {
    int descriptor;
    int error;
    void (*body)(void *);
    void *context;
};

static void *visit_namespace(void *argument) {
    struct visit *visit = argument;
    if (setns(visit->descriptor, CLONE_NEWNET) != 0) {
        visit->error = errno;
        return NULL;
    }
    visit->body(visit->context);
    return NULL;
}

int nm_namespace_run(int descriptor, void (*body)(void *), void *context) {
    struct visit visit = {.descriptor = descriptor, .error = 0, .body = body, .context = context};
    int error = on_fresh_thread(visit_namespace, &visit);
    return error != 0 ? error : visit.error;
}

int nm_namespace_open(const char *path, int *descriptor) {
    int opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (opened < 0) {
        return errno;
    }
    if (ioctl(opened, NS_GET_NSTYPE) != CLONE_NEWNET) {
        close(opened);
        return EMEDIUMTYPE;
    }
    *descriptor = opened;
    return 0;
}
