import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// The client of a server of packets: steps, each counted at both ends.
struct PacketClient: ~Copyable {
    private let probe: PacketProbe
    private let control: Socket
    private let sender: PacketSender
    private let stop: ProbeStop
    private let token: UInt64
    private var step: UInt16 = 0

    /// How long the server may take to answer, in nanoseconds: longer than it waits for stragglers.
    private static let patience: UInt64 = PacketProbe.longestWait + 4_000_000_000

    private var peer: String { "\(probe.target) port \(probe.port)" }

    /// Connects; `token` tells this run's datagrams from those of others.
    init(_ probe: PacketProbe, token: UInt64, _ stop: ProbeStop) throws(ProbeFailure) {
        let control = try Self.connect(probe)
        let sender = try PacketSender(probe, stop)
        self.probe = probe
        self.token = token
        self.stop = stop
        self.control = control
        self.sender = sender
    }

    private static func connect(_ probe: PacketProbe) throws(ProbeFailure) -> Socket {
        do throws(SocketError) {
            let socket = try Socket(.tcp, probe.target.family)
            try socket.setTimeouts(nanoseconds: patience)
            try socket.setNoDelay()
            try socket.connect(to: SocketAddress(probe.target, port: probe.port))
            return socket
        } catch {
            throw error.failure(peer: "the server of packets at tcp \(probe.target) port \(probe.port)")
        }
    }

    /// Sends for one step and asks the server how many came.
    mutating func run(ratePerSecond: Double?, nanoseconds: UInt64) throws(ProbeFailure) -> PacketStep {
        step += 1
        let header = PacketHeader(token: token, step: step).word
        _ = try exchange(.begin, header, sent: 0)
        let sent: PacketSender.Sent
        do throws(SocketError) {
            sent = try sender.send(header, ratePerSecond: ratePerSecond, nanoseconds: nanoseconds)
        } catch {
            throw stop.isTripped ? .interrupted(stop) : error.failure(peer: "udp \(peer)")
        }
        let reply = try exchange(.end, header, sent: sent.count)
        if stop.isTripped { throw ProbeFailure.interrupted(stop) }
        return PacketStep(
            asked: ratePerSecond, sent: sent.count, sendNanoseconds: sent.nanoseconds, received: reply.packets,
            receiveNanoseconds: reply.spanNanoseconds, clientCPU: sent.cpuSeconds,
            serverCPU: Double(reply.cpuNanoseconds) / 1e9)
    }

    private func exchange(
        _ kind: PacketControl.Request.Kind, _ header: UInt64, sent: UInt64
    ) throws(ProbeFailure) -> PacketControl.Reply {
        let peer = "the server of packets at tcp \(peer)"
        let descriptor = control.descriptor
        let token = stop.register { shutdown(descriptor, Int32(SHUT_RDWR)) }
        defer { stop.unregister(token) }
        do throws(SocketError) {
            try PacketControl.send(PacketControl.Request(kind: kind, header: header, sent: sent), to: descriptor)
            if let reply = try PacketControl.reply(from: descriptor), reply.header == header { return reply }
        } catch {
            throw stop.isTripped ? .interrupted(stop) : error.failure(peer: peer)
        }
        throw ProbeFailure(.wrongReply, "\(peer): what answers is none; see that nothing else listens there")
    }
}
