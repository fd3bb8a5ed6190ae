import Contract
import Glibc
import Sockets
import Testing

@testable import Probes

@Suite("failed system calls in words")
struct SocketErrorTests {
    @Test(
        "each has its code and says what to do",
        arguments: [
            (SocketError(.connect, ECONNREFUSED), FailureCode.connectionRefused, "server is ready"),
            (SocketError(.connect, EADDRNOTAVAIL), .portsExhausted, "ip_local_port_range"),
            (SocketError(.bind, EADDRINUSE), .portInUse, "0 for any"),
            (SocketError(.connect, ENETUNREACH), .unreachable, "routes"),
            (SocketError(.receive, ECONNRESET), .connectionReset, "peer"),
            (SocketError(.open, EMFILE), .system, "ulimit -n"),
            (SocketError(.send, EPERM), .system, "nf_conntrack_count"),
            (SocketError(.connect, EINPROGRESS), .timedOut, "both directions"),
            (SocketError(.receive, EAGAIN), .timedOut, "both directions"),
            (SocketError(.send, EIO), .system, "send failed"),
        ]
    )
    func failureHasAWayOut(_ error: SocketError, _ code: FailureCode, _ words: String) {
        let failure = error.failure(peer: "tcp 10.0.0.2 port 4000")
        #expect(failure.code == code)
        #expect(failure.message.contains("tcp 10.0.0.2 port 4000"))
        #expect(failure.message.contains(words))
    }
}
