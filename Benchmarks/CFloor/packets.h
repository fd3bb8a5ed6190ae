#ifndef BENCHMARK_FLOOR_PACKETS_H
#define BENCHMARK_FLOOR_PACKETS_H

#include <stddef.h>
#include <stdint.h>

// Counts packets on a bound socket until none comes for 200 ms; prints how many there were, and how many a second of the time
// that they took, or of `nanoseconds` where that is longer. It waits in the socket, or `looks` at intervals.
void count_packets(int descriptor, size_t size, uint64_t nanoseconds, int looks);

// Sends as many as go on a connected socket; prints how many, and how many a second.
void send_packets(int descriptor, size_t size, uint64_t nanoseconds);

#endif
