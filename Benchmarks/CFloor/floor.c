// What all loops of the floor have.
#define _GNU_SOURCE
#include "floor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

void misuse(void) {
    fprintf(stderr, "benchmark-floor is started by the benchmarks; see the head of its source\n");
    exit(2);
}

uint64_t read_clock(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

uint64_t now(void) {
    return read_clock(CLOCK_MONOTONIC);
}

long number(const char *text, long lowest, long highest) {
    char *end;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != 0 || value < lowest || value > highest) {
        misuse();
    }
    return value;
}

struct sockaddr_in address_of(const char *text, long port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, text, &address.sin_addr) != 1) {
        misuse();
    }
    return address;
}

int compare(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void end_with_input(pid_t server) {
    pid_t watcher = fork();
    if (watcher < 0) {
        fail("fork");
    }
    if (watcher == 0) {
        char byte;
        while (read(STDIN_FILENO, &byte, 1) > 0) {
        }
        kill(server, SIGTERM);
        _exit(0);
    }
}

void bind_and_tell(int descriptor, const char *address_text, int backlog) {
    struct sockaddr_in address = address_of(address_text, 0);
    socklen_t length = sizeof(address);
    if (bind(descriptor, (struct sockaddr *)&address, length) != 0
        || getsockname(descriptor, (struct sockaddr *)&address, &length) != 0
        || (backlog > 0 && listen(descriptor, backlog) != 0)) {
        fail("bind");
    }
    printf("ready %d\n", ntohs(address.sin_port));
    fflush(stdout);
    end_with_input(getpid());
}
