#ifndef BENCHMARK_FLOOR_H
#define BENCHMARK_FLOOR_H

#include <netinet/in.h>
#include <stdint.h>
#include <time.h>

// Ends the program with what failed and why.
void fail(const char *what);

// Ends the program because of its arguments.
void misuse(void);

// A clock in nanoseconds, and the monotonic one.
uint64_t read_clock(clockid_t clock);
uint64_t now(void);

// Arguments, or the end of the program.
long number(const char *text, long lowest, long highest);
struct sockaddr_in address_of(const char *text, long port);

// Orders uint64_t for qsort(3).
int compare(const void *left, const void *right);

// Binds a server's socket, listens where there is a backlog, and prints `ready PORT`; the process ends when standard input does. A
// process of its own waits for that, so that the server keeps to one thread.
void bind_and_tell(int descriptor, const char *address_text, int backlog);

#endif
