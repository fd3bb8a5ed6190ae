#ifndef NM_CLINUX_H
#define NM_CLINUX_H

// What Swift cannot call through the C library's module: GNU-only functions, system calls without a wrapper, and work
// on a thread that must end without ever meeting Dispatch. A function returns 0 or an errno value where nothing else is
// said.

// Network namespaces. The thread that enters or makes one is fresh, is joined before the call returns, and is never
// used again.

// One network namespace to be made and bound to `path`, which must exist; NULL makes one without a name. `descriptor`
// receives an open descriptor of it, or -1; on failure `error` receives the errno value and `step` the name of the
// system call.
struct nm_namespace_creation {
    const char *path;
    int descriptor;
    int error;
    const char *step;
};

enum { NM_NAMESPACES_AT_ONCE = 32 };

// Makes network namespaces, each on a thread of its own, at most NM_NAMESPACES_AT_ONCE at the same time.
void nm_namespaces_create(struct nm_namespace_creation *creations, int count);

// Calls `body(context)` on a thread inside the network namespace `descriptor`.
int nm_namespace_run(int descriptor, void (*body)(void *), void *context);

// Opens the network namespace at `path`; EMEDIUMTYPE when there is something else at that path.
int nm_namespace_open(const char *path, int *descriptor);

// Detaches whatever is mounted on `path`.
int nm_unmount(const char *path);

// Files.

// Opens what has this name in `directory` as a place only (O_PATH), and a symbolic link as itself.
int nm_path_open(int directory, const char *name, int *descriptor);

// Processes by descriptor, so that a number that was given to another process in the meantime is never hit.

int nm_pidfd_open(int pid, int *descriptor);
int nm_pidfd_signal(int descriptor, int signal);

// 1 when the process ended within the wait, 0 when not, or a negative errno value.
int nm_pidfd_wait(int descriptor, int milliseconds);

// Processors.

// How many processors the calling thread may use (its affinity, which a cgroup's cpuset narrows), or 0 when that is not known.
int nm_allowed_processors(void);

// Keeps every thread of this process, and what they make from now on, on the `index`-th of the processors that the calling one
// may use, counted from 0 and going round when there are fewer.
int nm_stay_on_processor(int index);

// The same for the calling thread alone, and for threads that it makes.
int nm_stay_thread_on_processor(int index);

// Lets the calling thread wait for its turn when it wakes up, instead of taking the processor from whoever has it.
int nm_wait_for_turn(void);

// Others.

// The text of an errno value in English, or NULL for one that is not known. Unlike strerror it is safe on every thread.
const char *nm_error_text(int code);

#endif
