// The floor of many connections: one thread, epoll(7) told of changes, the least calls for each request that there can be, one
// clock_gettime for each receive, every value kept. What a measuring program needs on top of this is its own cost.
#define _GNU_SOURCE
#include "connections.h"

#include "floor.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 65536, MOST_CONNECTIONS = 4096, MOST_BURST = 64, EVENTS = 256, CONNECT_SECONDS = 10 };

static char message[ROOM + 1];

static int open_socket(int no_delay) {
    int one = 1;
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) {
        fail("socket");
    }
    if (no_delay && setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) != 0) {
        fail("TCP_NODELAY");
    }
    return descriptor;
}

static void watch(int queue, int descriptor, uint32_t events, uint32_t token) {
    struct epoll_event event = {.events = events, .data.u32 = token};
    if (epoll_ctl(queue, EPOLL_CTL_ADD, descriptor, &event) != 0) {
        fail("epoll_ctl");
    }
}

// The server.

// 0 when the connection is at its end.
static int echo(int descriptor, size_t size, int once) {
    while (1) {
        ssize_t count = recv(descriptor, message, ROOM, 0);
        if (count < 0 && errno == EAGAIN) {
            return 1;
        }
        // Messages are small enough that they come whole, and that there is always room for them.
        if (count <= 0 || (size_t)count % size != 0 || send(descriptor, message, (size_t)count, MSG_NOSIGNAL) != count) {
            return 0;
        }
        if (once) {
            return 0;
        }
        if (count < ROOM) {
            return 1;
        }
    }
}

static void serve(int listener, size_t size, int once) {
    struct epoll_event events[EVENTS];
    int queue = epoll_create1(EPOLL_CLOEXEC);
    watch(queue, listener, EPOLLIN, (uint32_t)listener);
    while (1) {
        int count = epoll_wait(queue, events, EVENTS, -1);
        for (int index = 0; index < count; index++) {
            int descriptor = (int)events[index].data.u32;
            if (descriptor != listener) {
                if (!echo(descriptor, size, once)) {
                    close(descriptor);
                }
                continue;
            }
            for (int taken = 0; taken < 64; taken++) {
                int connection = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
                if (connection < 0) {
                    break;
                }
                if (once && !echo(connection, size, once)) {
                    close(connection);
                    continue;
                }
                watch(queue, connection, EPOLLIN | EPOLLET, (uint32_t)connection);
            }
        }
    }
}

static void run_server(int once, const char *address_text, size_t size) {
    int descriptor = open_socket(1);
    bind_and_tell(descriptor, address_text, 4096);
    serve(descriptor, size, once);
}

// The client.

struct connection {
    int descriptor;
    unsigned first, under_way;
    uint64_t begun[MOST_BURST];
};

static struct connection slots[MOST_CONNECTIONS];
static int queue;
static struct sockaddr_in peer;
static size_t size;
static uint64_t measured_from, end;
static uint64_t *values;
static size_t count, room;

static void record(uint64_t begun, uint64_t time) {
    if (time >= measured_from && time < end && count < room) {
        values[count++] = time - begun;
    }
}

static void begin(struct connection *connection, unsigned requests, uint64_t time) {
    for (unsigned request = 0; request < requests; request++) {
        connection->begun[(connection->first + connection->under_way++) % MOST_BURST] = time;
    }
    if (send(connection->descriptor, message, requests * size, MSG_NOSIGNAL) != (ssize_t)(requests * size)) {
        fail("send");
    }
}

static void receive(struct connection *connection) {
    size_t asked = connection->under_way * size;
    ssize_t received = recv(connection->descriptor, message, asked, MSG_DONTWAIT);
    if (received < 0 && errno == EAGAIN) {
        return;
    }
    if (received <= 0 || (size_t)received % size != 0) {
        fail("receive");
    }
    uint64_t time = now();
    unsigned replies = (unsigned)((size_t)received / size);
    for (unsigned reply = 0; reply < replies; reply++) {
        record(connection->begun[connection->first], time);
        connection->first = (connection->first + 1) % MOST_BURST;
        connection->under_way--;
    }
    if (time < end) {
        begin(connection, replies, time);
    }
}

// A connection of its own for one request. On one machine the handshake is over when connect(2) returns.
static void open_next(struct connection *connection, uint64_t time) {
    connection->descriptor = open_socket(0);
    connection->begun[0] = time;
    if (connect(connection->descriptor, (struct sockaddr *)&peer, sizeof(peer)) != 0 && errno != EINPROGRESS) {
        fail("connect");
    }
    int is_sent = send(connection->descriptor, message, size, MSG_NOSIGNAL) == (ssize_t)size;
    if (!is_sent && errno != EAGAIN) {
        fail("send");
    }
    connection->under_way = is_sent ? 1 : 0;
    watch(
        queue, connection->descriptor, EPOLLIN | EPOLLRDHUP | EPOLLET | (is_sent ? 0 : EPOLLOUT),
        (uint32_t)(connection - slots)
    );
}

static void go_on(struct connection *connection, uint32_t events) {
    if (connection->under_way == 0) {
        if (send(connection->descriptor, message, size, MSG_NOSIGNAL) != (ssize_t)size) {
            fail("send");
        }
        connection->under_way = 1;
        return;
    }
    // One byte more than the reply: what is read is then all there was, and behind it is the end.
    if (connection->under_way == 1) {
        ssize_t received = recv(connection->descriptor, message, size + 1, 0);
        if (received < 0 && errno == EAGAIN) {
            return;
        }
        if (received != (ssize_t)size) {
            fail("receive");
        }
        connection->under_way = 2;
    }
    if (!(events & EPOLLRDHUP)) {
        ssize_t received = recv(connection->descriptor, message, 1, 0);
        if (received < 0 && errno == EAGAIN) {
            return;
        }
        if (received != 0) {
            fail("end");
        }
    }
    close(connection->descriptor);
    uint64_t time = now();
    record(connection->begun[0], time);
    if (time < end) {
        open_next(connection, time);
    }
}

static void run_client(int closes, unsigned wanted, unsigned burst, uint64_t warm_up, uint64_t duration) {
    struct epoll_event events[EVENTS];
    queue = epoll_create1(EPOLL_CLOEXEC);
    // More than there can be. The memory is touched now, so that no page fault is measured.
    room = (size_t)(duration / 200) + 1;
    values = malloc(room * sizeof(*values));
    if (values == NULL) {
        fail("malloc");
    }
    memset(values, 1, room * sizeof(*values));
    for (unsigned index = 0; index < wanted && !closes; index++) {
        struct connection *connection = &slots[index];
        connection->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        int one = 1;
        if (connect(connection->descriptor, (struct sockaddr *)&peer, sizeof(peer)) != 0
            || setsockopt(connection->descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) != 0) {
            fail("connect");
        }
        watch(queue, connection->descriptor, EPOLLIN | EPOLLET, index);
    }
    alarm((unsigned)((warm_up + duration) / 1000000000u) + CONNECT_SECONDS);
    uint64_t time = now();
    measured_from = time + warm_up;
    end = measured_from + duration;
    for (unsigned index = 0; index < wanted; index++) {
        if (closes) {
            open_next(&slots[index], time);
        } else {
            begin(&slots[index], burst, time);
        }
    }
    uint64_t processor = 0;
    while ((time = now()) < end) {
        if (processor == 0 && time >= measured_from) {
            processor = read_clock(CLOCK_THREAD_CPUTIME_ID);
        }
        int told = epoll_wait(queue, events, EVENTS, 100);
        for (int index = 0; index < told; index++) {
            struct connection *connection = &slots[events[index].data.u32];
            if (closes) {
                go_on(connection, events[index].events);
            } else {
                receive(connection);
            }
        }
    }
    processor = read_clock(CLOCK_THREAD_CPUTIME_ID) - processor;
    if (count == 0) {
        fail("no reply");
    }
    qsort(values, count, sizeof(*values), compare);
    printf("%zu %llu %.1f\n", count, (unsigned long long)values[count / 2], (double)processor / (double)count);
}

int connections(int arguments_count, char **arguments) {
    int is_server = arguments_count == 5 && strcmp(arguments[1], "connection-server") == 0;
    int is_client = arguments_count == 10 && strcmp(arguments[1], "connection-client") == 0;
    if (!is_server && !is_client) {
        return 0;
    }
    int closes = strcmp(arguments[2], "crr") == 0;
    if (!closes && strcmp(arguments[2], "rr") != 0) {
        misuse();
    }
    if (is_server) {
        run_server(closes, arguments[3], (size_t)number(arguments[4], 1, ROOM / MOST_BURST));
    } else {
        peer = address_of(arguments[3], number(arguments[4], 1, 65535));
        size = (size_t)number(arguments[5], 1, ROOM / MOST_BURST);
        run_client(
            closes, (unsigned)number(arguments[6], 1, MOST_CONNECTIONS), (unsigned)number(arguments[7], 1, MOST_BURST),
            (uint64_t)number(arguments[8], 0, 60000) * 1000000u, (uint64_t)number(arguments[9], 1, 60000) * 1000000u
        );
    }
    return 1;
}
