#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct nm_datagrams {
    unsigned count;
    size_t stride;
    size_t size;
    struct mmsghdr *headers;
    struct iovec *vectors;
    uint8_t *bytes;
};

// A cache line each, so that no two datagrams share one.
enum { LINE = 64 };

struct nm_datagrams *nm_datagrams_make(unsigned count, size_t size) {
    struct nm_datagrams *batch = calloc(1, sizeof(*batch));
    if (batch == NULL) {
        return NULL;
    }
    batch->count = count;
    batch->size = size;
    batch->stride = (size + LINE - 1) / LINE * LINE;
    batch->headers = calloc(count, sizeof(*batch->headers));
    batch->vectors = calloc(count, sizeof(*batch->vectors));
    batch->bytes = aligned_alloc(LINE, batch->stride * count);
    if (batch->headers == NULL || batch->vectors == NULL || batch->bytes == NULL) {
        nm_datagrams_free(batch);
        return NULL;
    }
    // Touched now, so that no page fault is measured.
    memset(batch->bytes, 0x6E, batch->stride * count);
    for (unsigned index = 0; index < count; index++) {
        batch->vectors[index].iov_base = batch->bytes + batch->stride * index;
        batch->vectors[index].iov_len = size;
        batch->headers[index].msg_hdr.msg_iov = &batch->vectors[index];
        batch->headers[index].msg_hdr.msg_iovlen = 1;
    }
    return batch;
}

void nm_datagrams_free(struct nm_datagrams *batch) {
    if (batch != NULL) {
        free(batch->headers);
        free(batch->vectors);
        free(batch->bytes);
        free(batch);
    }
}

void nm_datagrams_set_header(struct nm_datagrams *batch, uint64_t header) {
    for (unsigned index = 0; index < batch->count; index++) {
        memcpy(batch->bytes + batch->stride * index, &header, sizeof(header));
    }
}

int nm_datagrams_send(struct nm_datagrams *batch, int descriptor, unsigned count) {
    while (1) {
        int sent = sendmmsg(descriptor, batch->headers, count, MSG_NOSIGNAL);
        if (sent >= 0 || errno != EINTR) {
            return sent >= 0 ? sent : -errno;
        }
    }
}

int nm_datagrams_receive(struct nm_datagrams *batch, int descriptor) {
    while (1) {
        // MSG_TRUNC: the length is the datagram's own, so that one that is too long is told from those that are counted.
        int received = recvmmsg(descriptor, batch->headers, batch->count, MSG_DONTWAIT | MSG_TRUNC, NULL);
        if (received >= 0 || errno != EINTR) {
            return received >= 0 ? received : -errno;
        }
    }
}

unsigned nm_datagrams_matching(const struct nm_datagrams *batch, unsigned received, uint64_t header) {
    unsigned matching = 0;
    for (unsigned index = 0; index < received; index++) {
        uint64_t found;
        memcpy(&found, batch->bytes + batch->stride * index, sizeof(found));
        matching += batch->headers[index].msg_len == batch->size && found == header;
    }
    return matching;
}
