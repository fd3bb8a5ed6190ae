#define _GNU_SOURCE
#include "CLinux.h"

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <stdlib.h>

// cpu_set_t is handled by macros, which Swift cannot call.

static int choose(int index, cpu_set_t *one) {
    cpu_set_t allowed;
    if (index < 0) {
        return EINVAL;
    }
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return errno;
    }
    int wanted = index % CPU_COUNT(&allowed);
    for (int processor = 0; processor < CPU_SETSIZE; processor++) {
        if (CPU_ISSET(processor, &allowed) && wanted-- == 0) {
            CPU_ZERO(one);
            CPU_SET(processor, one);
            return 0;
        }
    }
    return EINVAL;
}

int nm_allowed_processors(void) {
    cpu_set_t allowed;
    return sched_getaffinity(0, sizeof allowed, &allowed) == 0 ? CPU_COUNT(&allowed) : 0;
}

int nm_stay_on_processor(int index) {
    cpu_set_t one;
    int code = choose(index, &one);
    if (code != 0) {
        return code;
    }
    // Affinity belongs to threads: the runtime's pool may have some already, and theirs is what children inherit.
    DIR *tasks = opendir("/proc/self/task");
    if (tasks == NULL) {
        return errno;
    }
    for (struct dirent *entry = readdir(tasks); entry != NULL && code == 0; entry = readdir(tasks)) {
        int thread = atoi(entry->d_name);
        // A thread may end while the directory is read.
        if (thread > 0 && sched_setaffinity(thread, sizeof one, &one) != 0 && errno != ESRCH) {
            code = errno;
        }
    }
    closedir(tasks);
    return code;
}

int nm_stay_thread_on_processor(int index) {
    cpu_set_t one;
    int code = choose(index, &one);
    if (code != 0) {
        return code;
    }
    return sched_setaffinity(0, sizeof one, &one) == 0 ? 0 : errno;
}

int nm_wait_for_turn(void) {
    const struct sched_param ordinary = {.sched_priority = 0};
    return sched_setscheduler(0, SCHED_BATCH, &ordinary) == 0 ? 0 : errno;
}
