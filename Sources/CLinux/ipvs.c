#include "CLinux.h"

#include <errno.h>
#include <linux/ip_vs.h>
#include <netinet/in.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

int nm_ipvs_version(uint32_t *version) {
    int descriptor = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
    if (descriptor < 0) {
        return errno;
    }
    struct ip_vs_getinfo info = {0};
    socklen_t size = sizeof info;
    int error = getsockopt(descriptor, IPPROTO_IP, IP_VS_SO_GET_INFO, &info, &size) == 0 ? 0 : errno;
    close(descriptor);
    *version = info.version;
    return error;
}
