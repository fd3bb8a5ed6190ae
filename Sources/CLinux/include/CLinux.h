#ifndef NM_CLINUX_H
#define NM_CLINUX_H

#include <stddef.h>
#include <stdint.h>

// epoll(7), which the C library's module leaves out.
#include <sys/epoll.h>

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

// Mounts. Names of namespaces are mounts, and mounts can cover each other.

// Makes the directory `path` a shared mount point of its own. A namespace that is named there afterwards cannot be covered
// by the next one.
int nm_share_mount(const char *path);

// Detaches whatever is mounted on `path`.
int nm_unmount(const char *path);

// Opens `directory`, a path relative to the mount with this number on `mount_point`, as it is in that mount: without going
// into what is mounted over it. ESTALE when another mount stands at the mount point.
int nm_open_under_mounts(const char *mount_point, unsigned long long mount, const char *directory, int *descriptor);

// Detaches what is mounted on the entry `name` of a directory.
int nm_unmount_in(int directory, const char *name);

// Files.

// Opens `name` below a directory; the kernel refuses whatever would lead out of it: links, `..`, absolute paths and mounts.
int nm_open_beneath(int directory, const char *name, int flags, int *descriptor);

// Opens what has this name in `directory` as a place only (O_PATH), and a symbolic link as itself.
int nm_path_open(int directory, const char *name, int *descriptor);

// Processes by descriptor, so that a number that was given to another process in the meantime is never hit.

int nm_pidfd_open(int pid, int *descriptor);
int nm_pidfd_signal(int descriptor, int signal);

// 1 when the process ended within the wait, 0 when not, or a negative errno value.
int nm_pidfd_wait(int descriptor, int milliseconds);

// A program that may compute, read files, make threads, and write to the three descriptors it is given, and nothing else:
// seccomp(2) refuses it other programs, processes, sockets and every change of a file.

struct nm_confined_program {
    const char *path;
    char *const *arguments;
    char *const *environment;
    // What become its 0, 1 and 2.
    int input;
    int output;
    int error;
    // Receives the process, which is to be waited for also after a failure; -1 where there is none.
    int process;
};

// Starts it in a session of its own; the kernel kills it when the calling thread ends.
int nm_confined_start(struct nm_confined_program *program);

// Orphans among the descendants of this process become its children instead of init's.
int nm_adopt_orphans(void);

// The signal that this process gets, on behalf of the calling thread, when the thread that started it ends; 0 for none.
int nm_signal_at_parent_death(int signal);

// The name of the calling thread, and of the process when it is the first thread: at most 15 bytes.
int nm_set_name(const char *name);

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

// Datagrams, many in one system call. A batch has its memory from the start, so that nothing is allocated between the calls.

struct nm_datagrams;

// A batch of `count` datagrams of `size` bytes each, at least 8; NULL where there is no memory for it.
struct nm_datagrams *nm_datagrams_make(unsigned count, size_t size);
void nm_datagrams_free(struct nm_datagrams *batch);

// Writes the first 8 bytes of every datagram.
void nm_datagrams_set_header(struct nm_datagrams *batch, uint64_t header);

// sendmmsg(2) of the first `count` on a connected socket; how many went out, or a negated errno value.
int nm_datagrams_send(struct nm_datagrams *batch, int descriptor, unsigned count);

// recvmmsg(2) without waiting; how many came, or a negated errno value.
int nm_datagrams_receive(struct nm_datagrams *batch, int descriptor);

// How many of those that came have this header and the size of the batch.
unsigned nm_datagrams_matching(const struct nm_datagrams *batch, unsigned received, uint64_t header);

// Others.

// The text of an errno value in English, or NULL for one that is not known. Unlike strerror it is safe on every thread.
const char *nm_error_text(int code);

#endif
