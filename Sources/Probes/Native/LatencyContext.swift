import Contract
import LinuxHost
import Quantities
import Sockets
import Statistics

/// What every latency client needs.
struct LatencyContext: Sendable {
    let probe: LatencyProbe
    let stop: ProbeStop
    /// On the monotonic clock, in nanoseconds.
    let deadline: UInt64

    var peer: String { "\(probe.transport.rawValue) \(probe.target) port \(probe.port)" }

    /// The probe's time-out, or what is left until the deadline when that is less.
    var timeoutNanoseconds: UInt64 {
        let now = Clock.monotonicNanoseconds()
        let left = deadline > now ? deadline - now : 1
        return min(probe.timeoutNanoseconds, left)
    }

    /// A socket that is connected to the target.
    func connect(_ address: SocketAddress) throws(SocketError) -> Socket {
        let socket = try Socket(probe.transport, probe.target.family)
        try socket.setTimeouts(nanoseconds: timeoutNanoseconds)
        if probe.transport == .tcp { try socket.setNoDelay() }
        try socket.connect(to: address)
        return socket
    }

    func failure(_ error: SocketError) -> ProbeFailure { error.failure(peer: peer) }

    func wrongReply(_ what: String) -> ProbeFailure {
        ProbeFailure(.wrongReply, "\(peer): \(what); see that an echo server with the same message size listens there")
    }
}
