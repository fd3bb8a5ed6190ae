// The floor of packets per second: sendmmsg(2) as fast as it goes into a connected socket, recvmmsg(2) at the other end.
#define _GNU_SOURCE
#include "packets.h"

#include "floor.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>

enum { BATCH = 64, LARGEST = 2048, ROOM = 8 << 20, INTERVAL = 50000 };

static struct mmsghdr headers[BATCH];
static struct iovec vectors[BATCH];
static char bytes[BATCH][LARGEST];

static void prepare(size_t size) {
    if (size > LARGEST) {
        errno = EMSGSIZE;
        fail("prepare");
    }
    for (int index = 0; index < BATCH; index++) {
        vectors[index] = (struct iovec){.iov_base = bytes[index], .iov_len = size};
        headers[index].msg_hdr.msg_iov = &vectors[index];
        headers[index].msg_hdr.msg_iovlen = 1;
    }
}

// What is there now, or nothing: a receiver that sleeps by the clock is not woken by its sender.
static int look(int descriptor, uint64_t patience) {
    uint64_t end = now() + patience;
    while (1) {
        int received = recvmmsg(descriptor, headers, BATCH, MSG_DONTWAIT, NULL);
        if (received >= 0 || errno != EAGAIN || now() > end) {
            return received;
        }
        nanosleep(&(struct timespec){.tv_nsec = INTERVAL}, NULL);
    }
}

void count_packets(int descriptor, size_t size, uint64_t nanoseconds, int looks) {
    prepare(size);
    prctl(PR_SET_TIMERSLACK, 1);
    int room = ROOM;
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room));
    // The first one starts the clock; silence ends it.
    struct timeval silence = {.tv_sec = 10};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof(silence));
    uint64_t count = 0, first = 0, last = 0;
    while (1) {
        int received = looks ? look(descriptor, count == 0 ? 10000000000u : 200000000u)
                             : recvmmsg(descriptor, headers, BATCH, MSG_WAITFORONE, NULL);
        if (received <= 0) {
            break;
        }
        last = now();
        if (count == 0) {
            first = last;
            silence = (struct timeval){.tv_usec = 200000};
            setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof(silence));
        }
        count += (uint64_t)received;
    }
    if (count == 0) {
        fail("no packet");
    }
    uint64_t span = last - first > nanoseconds ? last - first : nanoseconds;
    printf("%llu %.1f\n", (unsigned long long)count, (double)count * 1e9 / (double)span);
    fflush(stdout);
}

void send_packets(int descriptor, size_t size, uint64_t nanoseconds) {
    prepare(size);
    uint64_t count = 0, start = now(), end = start + nanoseconds;
    while (now() < end) {
        int sent = sendmmsg(descriptor, headers, BATCH, 0);
        if (sent < 0 && errno != EAGAIN && errno != ENOBUFS) {
            fail("sendmmsg");
        }
        count += sent > 0 ? (uint64_t)sent : 0;
    }
    printf("%llu %.1f\n", (unsigned long long)count, (double)count * 1e9 / (double)(now() - start));
}
