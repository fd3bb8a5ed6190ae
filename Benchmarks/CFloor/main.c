// The floor of a round trip: one thread, blocking sockets, write, read, one clock_gettime a round trip, every value
// kept. What a measuring program needs on top of this is its own cost.
//
//   benchmark-floor server tcp|udp ADDRESS SIZE
//       prints `ready PORT` and echoes messages of SIZE bytes until standard input ends
//   benchmark-floor client tcp|udp ADDRESS PORT SIZE WARM_UP_MS DURATION_MS
//       prints `n p50 p99 mean`, the latter three in nanoseconds
//   benchmark-floor packet-server ADDRESS SIZE DURATION_MS waits|looks
//       prints `ready PORT`, then `n per-second` of the packets that came
//   benchmark-floor packet-client ADDRESS PORT SIZE DURATION_MS
//       prints `n per-second` of the packets that went
//   benchmark-floor connection-server rr|crr ADDRESS SIZE
//       prints `ready PORT` and echoes messages of SIZE bytes until standard input ends; crr closes each connection after one
//   benchmark-floor connection-client rr|crr ADDRESS PORT SIZE CONNECTIONS BURST WARM_UP_MS DURATION_MS
//       prints `n p50 processor`: replies within the duration, nanoseconds, and those of the processor for each reply

#define _GNU_SOURCE
#include "connections.h"
#include "floor.h"
#include "packets.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LARGEST_MESSAGE = 65536, CONNECT_SECONDS = 10 };

static char message[LARGEST_MESSAGE];

static int open_socket(int is_tcp) {
    int one = 1;
    int descriptor = socket(AF_INET, (is_tcp ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
    if (descriptor < 0) {
        fail("socket");
    }
    if (is_tcp && setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) != 0) {
        fail("TCP_NODELAY");
    }
    return descriptor;
}

// Writes or reads the whole message; 0 at the end of the stream.
static int send_whole(int descriptor, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t count = write(descriptor, message + done, size - done);
        if (count <= 0) {
            return 0;
        }
        done += (size_t)count;
    }
    return 1;
}

static int receive_whole(int descriptor, size_t size) {
    for (size_t done = 0; done < size;) {
        ssize_t count = read(descriptor, message + done, size - done);
        if (count <= 0) {
            return 0;
        }
        done += (size_t)count;
    }
    return 1;
}

static void serve_tcp(int listener, size_t size) {
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) {
        fail("accept");
    }
    while (receive_whole(connection, size) && send_whole(connection, size)) {
    }
    close(connection);
}

// Answers whoever asks, as the servers that it is the floor of. (Connected to its one client it would save a route
// lookup, about 8 % of the round trip.)
static void serve_udp(int descriptor, size_t size) {
    while (1) {
        struct sockaddr_in peer;
        socklen_t length = sizeof(peer);
        ssize_t count = recvfrom(descriptor, message, size, 0, (struct sockaddr *)&peer, &length);
        if (count < 0 || sendto(descriptor, message, (size_t)count, 0, (struct sockaddr *)&peer, length) != count) {
            fail("echo");
        }
    }
}

static void serve(int is_tcp, const char *address_text, size_t size) {
    int descriptor = open_socket(is_tcp);
    bind_and_tell(descriptor, address_text, is_tcp);
    if (is_tcp) {
        serve_tcp(descriptor, size);
    } else {
        serve_udp(descriptor, size);
    }
}

// The smallest value that at least this share of all values does not exceed.
static uint64_t percentile(const uint64_t *sorted, size_t count, double share) {
    size_t rank = (size_t)(share * (double)count);
    if ((double)rank < share * (double)count) {
        rank++;
    }
    return sorted[rank == 0 ? 0 : rank - 1];
}

static size_t measure(int descriptor, size_t size, uint64_t nanoseconds, uint64_t *values, size_t room) {
    size_t count = 0;
    uint64_t start = now(), previous = start, end = start + nanoseconds;
    while (previous < end) {
        if (!send_whole(descriptor, size) || !receive_whole(descriptor, size)) {
            fail("no reply");
        }
        uint64_t time = now();
        if (count < room) {
            values[count++] = time - previous;
        }
        previous = time;
    }
    return count;
}

static void run_client(
    int is_tcp, struct sockaddr_in address, size_t size, uint64_t warm_up, uint64_t duration
) {
    int descriptor = open_socket(is_tcp);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof(address)) != 0) {
        fail("connect");
    }
    // A round trip takes more than a microsecond. The memory is touched now, so that no page fault is measured.
    size_t room = (size_t)(duration / 1000) + 1;
    uint64_t *values = malloc(room * sizeof(*values));
    if (values == NULL) {
        fail("malloc");
    }
    memset(values, 1, room * sizeof(*values));
    alarm((unsigned)((warm_up + duration) / 1000000000u) + CONNECT_SECONDS);
    measure(descriptor, size, warm_up, values, room);
    size_t count = measure(descriptor, size, duration, values, room);
    close(descriptor);
    if (count == 0) {
        fail("no round trip");
    }
    double sum = 0;
    for (size_t index = 0; index < count; index++) {
        sum += (double)values[index];
    }
    qsort(values, count, sizeof(*values), compare);
    printf(
        "%zu %llu %llu %.1f\n", count, (unsigned long long)percentile(values, count, 0.5),
        (unsigned long long)percentile(values, count, 0.99), sum / (double)count
    );
    free(values);
}

static void count_at(const char *address_text, size_t size, uint64_t duration, int looks) {
    int descriptor = open_socket(0);
    bind_and_tell(descriptor, address_text, 0);
    count_packets(descriptor, size, duration, looks);
}

static void send_to(struct sockaddr_in address, size_t size, uint64_t duration) {
    int descriptor = open_socket(0);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof(address)) != 0) {
        fail("connect");
    }
    alarm((unsigned)(duration / 1000000000u) + CONNECT_SECONDS);
    send_packets(descriptor, size, duration);
}

// Packets one way; whether it was asked for.
static int packets(int count, char **arguments) {
    if (count == 6 && strcmp(arguments[1], "packet-server") == 0) {
        count_at(
            arguments[2], (size_t)number(arguments[3], 1, LARGEST_MESSAGE),
            (uint64_t)number(arguments[4], 1, 60000) * 1000000u, strcmp(arguments[5], "looks") == 0
        );
        return 1;
    }
    if (count == 6 && strcmp(arguments[1], "packet-client") == 0) {
        send_to(
            address_of(arguments[2], number(arguments[3], 1, 65535)), (size_t)number(arguments[4], 1, LARGEST_MESSAGE),
            (uint64_t)number(arguments[5], 1, 60000) * 1000000u
        );
        return 1;
    }
    return 0;
}

int main(int count, char **arguments) {
    if (packets(count, arguments) || connections(count, arguments)) {
        return 0;
    }
    if (count < 5) {
        misuse();
    }
    int is_tcp = strcmp(arguments[2], "tcp") == 0;
    if (!is_tcp && strcmp(arguments[2], "udp") != 0) {
        misuse();
    }
    if (strcmp(arguments[1], "server") == 0 && count == 5) {
        serve(is_tcp, arguments[3], (size_t)number(arguments[4], 1, LARGEST_MESSAGE));
    } else if (strcmp(arguments[1], "client") == 0 && count == 8) {
        run_client(
            is_tcp, address_of(arguments[3], number(arguments[4], 1, 65535)),
            (size_t)number(arguments[5], 1, LARGEST_MESSAGE), (uint64_t)number(arguments[6], 0, 60000) * 1000000u,
            (uint64_t)number(arguments[7], 1, 60000) * 1000000u
        );
    } else {
        misuse();
    }
    return 0;
}
