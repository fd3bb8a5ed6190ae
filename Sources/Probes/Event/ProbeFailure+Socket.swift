import Contract
import Glibc
import Sockets

extension SocketError {
    /// The failure of a probe that talks to `peer`, such as `tcp 10.0.0.2 port 4000`.
    func failure(peer: String) -> ProbeFailure {
        let cause = String(cString: strerror(code))
        switch code {
        case ECONNREFUSED:
            return ProbeFailure(
                .connectionRefused,
                "\(peer): nobody listens there; see that the server is ready and that the port is right"
            )
        case EADDRNOTAVAIL where operation == .connect:
            return ProbeFailure(
                .portsExhausted,
                "\(peer): every ephemeral port towards it is in use; wait 60 s until TIME_WAIT is over, "
                    + "widen net.ipv4.ip_local_port_range, or let the server close first (closesAfterReply)"
            )
        case EADDRINUSE:
            return ProbeFailure(.portInUse, "\(peer): the port is in use; choose another, or 0 for any")
        case ENETUNREACH, EHOSTUNREACH:
            return ProbeFailure(.unreachable, "\(peer): \(cause); see routes and neighbours in this namespace")
        case ECONNRESET, EPIPE:
            return ProbeFailure(.connectionReset, "\(peer): the peer broke the connection off; see what it said")
        case EPERM where operation == .send:
            return ProbeFailure(
                .system,
                "\(peer): a packet filter refuses it, or the connection tracker is full; see `nft list ruleset` and "
                    + "net.netfilter.nf_conntrack_count"
            )
        case EMFILE, ENFILE:
            return ProbeFailure(.system, "\(peer): \(cause); raise the limit of open files (ulimit -n)")
        case _ where isTimeOut:
            return ProbeFailure(.timedOut, "\(peer): no answer in time; see that packets pass in both directions")
        default:
            return ProbeFailure(.system, "\(peer): \(operation.rawValue) failed: \(cause) (errno \(code))")
        }
    }
}
