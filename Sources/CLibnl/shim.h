#ifndef NM_CLIBNL_H
#define NM_CLIBNL_H

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <linux/ethtool_netlink.h>
#include <linux/fib_rules.h>
#include <linux/genetlink.h>
#include <linux/ip_vs.h>
#include <linux/neighbour.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink_acct.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/tc_act/tc_mirred.h>
#include <netlink/addr.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/link/bridge.h>
#include <netlink/route/link/veth.h>
#include <netlink/route/link/vxlan.h>
#include <netlink/route/neighbour.h>
#include <netlink/route/nexthop.h>
#include <netlink/route/qdisc.h>
#include <netlink/route/route.h>
#include <netlink/route/rule.h>
#include <netlink/socket.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

// The last refusal of the kernel on one socket: its errno value and, where it gave one, its sentence (extended ack).
struct nm_nl_refusal {
    int code;
    char text[160];
};

// libnl 3.7 drops the kernel's sentence, so this reads the attributes that stand behind the error message.
static inline int nm_nl_keep_refusal(struct sockaddr_nl *sender, struct nlmsgerr *error, void *context) {
    (void)sender;
    struct nm_nl_refusal *refusal = (struct nm_nl_refusal *)context;
    refusal->code = -error->error;
    refusal->text[0] = 0;
    const struct nlmsghdr *header = (const struct nlmsghdr *)((const char *)error - NLMSG_HDRLEN);
    if (header->nlmsg_flags & NLM_F_ACK_TLVS) {
        size_t skip = sizeof(*error);
        if (!(header->nlmsg_flags & NLM_F_CAPPED)) {
            skip += error->msg.nlmsg_len - NLMSG_HDRLEN;
        }
        skip = NLMSG_ALIGN(skip);
        size_t length = header->nlmsg_len - NLMSG_HDRLEN;
        if (skip < length) {
            struct nlattr *first = (struct nlattr *)((char *)error + skip);
            struct nlattr *text = nla_find(first, (int)(length - skip), NLMSGERR_ATTR_MSG);
            if (text != NULL) {
                nla_strlcpy(refusal->text, text, sizeof(refusal->text));
            }
        }
    }
    return -nl_syserr2nlerr(error->error);
}

// Opens a socket of `protocol` in the network namespace of the calling thread. Bound to port 0 before libnl sees it:
// the kernel then assigns the port. libnl's own table of ports is per process and knows nothing of namespaces. A
// receive time-out makes every wait end. Returns 0 or a negative libnl code.
static inline int nm_nl_open(
    int protocol, int timeout_milliseconds, struct nm_nl_refusal *refusal, struct nl_sock **result
) {
    int descriptor = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
    if (descriptor < 0) {
        return -nl_syserr2nlerr(errno);
    }
    struct sockaddr_nl address;
    memset(&address, 0, sizeof(address));
    address.nl_family = AF_NETLINK;
    struct timeval patience = {timeout_milliseconds / 1000, (timeout_milliseconds % 1000) * 1000};
    int one = 1;
    int code = 0;
    if (bind(descriptor, (struct sockaddr *)&address, sizeof(address)) != 0
        || setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) != 0
        || setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) != 0) {
        code = -nl_syserr2nlerr(errno);
        close(descriptor);
        return code;
    }
    // Both are comforts: an older kernel refuses them and everything else still works.
    (void)setsockopt(descriptor, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
    (void)setsockopt(descriptor, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
    struct nl_sock *sock = nl_socket_alloc();
    if (sock == NULL) {
        close(descriptor);
        return -NLE_NOMEM;
    }
    code = nl_socket_set_fd(sock, protocol, descriptor);
    if (code < 0) {
        nl_socket_free(sock);
        close(descriptor);
        return code;
    }
    // Dumps come in messages of at most 32 KiB; a buffer of twice that saves a peek before every receive.
    nl_socket_set_msg_buf_size(sock, 65536);
    nl_socket_disable_msg_peek(sock);
    nl_socket_modify_err_cb(sock, NL_CB_CUSTOM, nm_nl_keep_refusal, refusal);
    *result = sock;
    return 0;
}

struct nm_nl_visitor {
    void (*visit)(struct nl_object *, void *);
    void *context;
};

static inline int nm_nl_visit(struct nl_msg *message, void *context) {
    struct nm_nl_visitor *visitor = (struct nm_nl_visitor *)context;
    // A message of another type than asked for is passed over, as libnl's caches do.
    (void)nl_msg_parse(message, visitor->visit, visitor->context);
    return NL_OK;
}

// Asks for all objects of `type` (RTM_GET…) and calls `visit` with each. No libnl cache: a cache refuses two
// forwarding entries that differ only in the remote address. `header_size` is the size of the fixed header of this
// message type, which the kernel checks; its first byte is the family in all of them.
static inline int nm_nl_dump(
    struct nl_sock *sock, int type, unsigned char family, size_t header_size,
    void (*visit)(struct nl_object *, void *), void *context
) {
    unsigned char header[64] = {0};
    if (header_size > sizeof(header)) {
        return -NLE_RANGE;
    }
    header[0] = family;
    int code = nl_send_simple(sock, type, NLM_F_DUMP, header, header_size);
    if (code < 0) {
        return code;
    }
    struct nl_cb *original = nl_socket_get_cb(sock);
    struct nl_cb *callbacks = nl_cb_clone(original);
    nl_cb_put(original);
    if (callbacks == NULL) {
        return -NLE_NOMEM;
    }
    struct nm_nl_visitor visitor = {visit, context};
    nl_cb_set(callbacks, NL_CB_VALID, NL_CB_CUSTOM, nm_nl_visit, &visitor);
    code = nl_recvmsgs(sock, callbacks);
    nl_cb_put(callbacks);
    return code < 0 ? code : 0;
}

// The index of an interface in the namespace of the socket: one small system call instead of a message with
// everything about the link. Returns 0 or a negative libnl code.
static inline int nm_nl_index(const struct nl_sock *sock, const char *name, int *index) {
    struct ifreq request;
    memset(&request, 0, sizeof(request));
    strncpy(request.ifr_name, name, IFNAMSIZ - 1);
    if (ioctl(nl_socket_get_fd(sock), SIOCGIFINDEX, &request) != 0) {
        return -nl_syserr2nlerr(errno);
    }
    *index = request.ifr_ifindex;
    return 0;
}

// The name of the interface with `index` in the namespace of the socket; `name` holds IFNAMSIZ bytes.
static inline int nm_nl_name(const struct nl_sock *sock, int index, char *name) {
    struct ifreq request;
    memset(&request, 0, sizeof(request));
    request.ifr_ifindex = index;
    if (ioctl(nl_socket_get_fd(sock), SIOCGIFNAME, &request) != 0) {
        return -nl_syserr2nlerr(errno);
    }
    memcpy(name, request.ifr_name, IFNAMSIZ);
    return 0;
}

// Asks nf_tables for its generation: 0 when it answers, a negative libnl code when it is not in this kernel.
static inline int nm_nl_ask_nftables(struct nl_sock *sock) {
    struct nfgenmsg header = {AF_UNSPEC, NFNETLINK_V0, 0};
    int type = (NFNL_SUBSYS_NFTABLES << 8) | NFT_MSG_GETGEN;
    int code = nl_send_simple(sock, type, NLM_F_ACK, &header, sizeof(header));
    return code < 0 ? code : nl_wait_for_ack(sock);
}

#endif
