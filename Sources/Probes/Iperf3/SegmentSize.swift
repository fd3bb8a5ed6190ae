import Contract
import Quantities
import Sockets

/// Whether segments of the size that was asked for fit into packets on the way; the kernel would make them smaller without a word.
enum SegmentSize {
    /// Headers of IP and TCP without options, in bytes.
    static func headers(_ family: IPAddress.Family) -> Int { family == .ipv4 ? 40 : 60 }

    /// Asks the kernel for the MTU towards the target.
    static func check(_ probe: Iperf3Probe) throws(ProbeFailure) {
        guard let mss = probe.mss else { return }
        let family = probe.target.family
        let mtu: Int?
        do throws(SocketError) {
            // Nothing is sent: a datagram socket that is connected has a route.
            let socket = try Socket(.udp, family)
            try socket.connect(to: SocketAddress(probe.target, port: probe.port))
            mtu = ErrorQueue.linkMTU(socket.descriptor, family)
        } catch {
            throw error.failure(peer: "\(probe.target)")
        }
        guard let mtu, mtu - headers(family) >= mss else {
            let room = mtu.map {
                "packets to \(probe.target) have at most \($0) bytes, which leaves \($0 - headers(family))"
            }
            throw ProbeFailure(
                .notApplicable,
                "segments of \(mss) bytes do not fit: \(room ?? "the kernel says no MTU towards \(probe.target)")")
        }
    }
}
