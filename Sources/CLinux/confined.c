#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "seccomp(2) needs to know the architecture by its number in linux/audit.h"
#endif

// What a program that only computes has no need of: programs, other processes, changes of files, sockets, and ways
// around this list.
static const int refused[] = {
    SYS_execveat, SYS_ptrace, SYS_process_vm_writev, SYS_kill, SYS_pidfd_send_signal,
    SYS_unlinkat, SYS_renameat, SYS_renameat2, SYS_linkat, SYS_symlinkat, SYS_mkdirat, SYS_mknodat,
    SYS_fchmod, SYS_fchmodat, SYS_fchown, SYS_fchownat, SYS_truncate, SYS_utimensat,
    SYS_mount, SYS_umount2, SYS_setns, SYS_unshare, SYS_bpf, SYS_init_module, SYS_finit_module,
    SYS_socket, SYS_socketpair, SYS_io_uring_setup,
#if defined(__x86_64__)
    SYS_fork, SYS_vfork, SYS_creat, SYS_unlink, SYS_rename, SYS_link, SYS_symlink, SYS_mkdir, SYS_rmdir, SYS_mknod,
    SYS_chmod, SYS_chown, SYS_lchown,
#endif
};

enum { REFUSED = sizeof refused / sizeof *refused, MOST = 64 + 2 * REFUSED };

struct filter {
    struct sock_filter code[MOST];
    unsigned short length;
};

static void add(struct filter *filter, struct sock_filter instruction) {
    filter->code[filter->length++] = instruction;
}

static void load(struct filter *filter, size_t offset) {
    add(filter, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}

static void answer(struct filter *filter, uint32_t verdict) {
    add(filter, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

// Skips `count` instructions unless the accumulator is `value`.
static void unless(struct filter *filter, uint32_t value, int count) {
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, (uint8_t)count));
}

static size_t argument(int index) {
    return offsetof(struct seccomp_data, args) + 8 * (size_t)index;
}

static void refuse_opening_for_writing(struct filter *filter, uint32_t call, int flags) {
    unless(filter, call, 4);
    load(filter, argument(flags));
    add(filter, (struct sock_filter)BPF_JUMP(
                    BPF_JMP | BPF_JSET | BPF_K, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0, 1));
    answer(filter, SECCOMP_RET_ERRNO | EROFS);
    answer(filter, SECCOMP_RET_ALLOW);
}

static void write_filter(struct filter *filter, const char *program) {
    const uint32_t no = SECCOMP_RET_ERRNO | EPERM;
    const uint64_t address = (uintptr_t)program;
    filter->length = 0;
    load(filter, offsetof(struct seccomp_data, arch));
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OWN_ARCHITECTURE, 1, 0));
    answer(filter, SECCOMP_RET_KILL_PROCESS);
    load(filter, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
    // The calls of the x32 interface, which have numbers of their own.
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
    answer(filter, SECCOMP_RET_ERRNO | ENOSYS);
#endif
    for (int index = 0; index < REFUSED; index++) {
        unless(filter, (uint32_t)refused[index], 1);
        answer(filter, no);
    }
    // Their arguments are behind a pointer, which a filter cannot follow. The C library falls back to clone and openat.
    unless(filter, SYS_clone3, 1);
    answer(filter, SECCOMP_RET_ERRNO | ENOSYS);
    unless(filter, SYS_openat2, 1);
    answer(filter, SECCOMP_RET_ERRNO | ENOSYS);
    // Threads, and no processes.
    unless(filter, SYS_clone, 4);
    load(filter, argument(0));
    add(filter, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
    answer(filter, no);
    answer(filter, SECCOMP_RET_ALLOW);
    // The one start that is to come has its path at an address of this process, which is gone with its memory.
    unless(filter, SYS_execve, 6);
    load(filter, argument(0));
    unless(filter, (uint32_t)address, 3);
    load(filter, argument(0) + 4);
    unless(filter, (uint32_t)(address >> 32), 1);
    answer(filter, SECCOMP_RET_ALLOW);
    answer(filter, no);
#if defined(__x86_64__)
    refuse_opening_for_writing(filter, SYS_open, 1);
#endif
    refuse_opening_for_writing(filter, SYS_openat, 2);
    answer(filter, SECCOMP_RET_ALLOW);
}

// In the child: only calls that are safe between fork and exec. `failure` takes the errno value.
static void become(const struct nm_confined_program *program, const struct filter *filter, int failure) {
    int ends[3] = {program->input, program->output, program->error};
    int code = 0;
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // A caller that has 0, 1 or 2 closed may have been given one of them.
    for (int index = 0; index < 3 && code == 0; index++) {
        ends[index] = fcntl(ends[index], F_DUPFD_CLOEXEC, 3);
        code = ends[index] < 0 ? errno : 0;
    }
    for (int index = 0; index < 3 && code == 0; index++) {
        code = dup2(ends[index], index) < 0 ? errno : 0;
    }
    if (code == 0) {
        signal(SIGPIPE, SIG_DFL);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        struct sock_fprog rules = {.len = filter->length, .filter = (struct sock_filter *)filter->code};
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &rules) != 0) {
            code = errno;
        } else {
            execve(program->path, program->arguments, program->environment);
            code = errno;
        }
    }
    while (write(failure, &code, sizeof code) < 0 && errno == EINTR) {
    }
    _exit(127);
}

int nm_confined_start(struct nm_confined_program *program) {
    struct filter filter;
    write_filter(&filter, program->path);
    int report[2];
    if (pipe2(report, O_CLOEXEC) != 0) {
        return errno;
    }
    // 0 to 2 are laid over in the child before it reports.
    int failure = fcntl(report[1], F_DUPFD_CLOEXEC, 3);
    close(report[1]);
    if (failure < 0) {
        int code = errno;
        close(report[0]);
        return code;
    }
    int child = fork();
    if (child == 0) {
        become(program, &filter, failure);
    }
    int code = child < 0 ? errno : 0;
    close(failure);
    if (child > 0) {
        ssize_t got;
        do {
            got = read(report[0], &code, sizeof code);
        } while (got < 0 && errno == EINTR);
        if (got == 0) {
            code = 0;
        }
    }
    close(report[0]);
    program->process = child;
    return code;
}
