#ifndef BENCHMARK_FLOOR_CONNECTIONS_H
#define BENCHMARK_FLOOR_CONNECTIONS_H

// Serves or asks over many connections at once by one thread and epoll(7); whether the arguments asked for it.
int connections(int count, char **arguments);

#endif
