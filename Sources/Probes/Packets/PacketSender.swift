import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Sends datagrams on a connected socket: as many as go, or at a rate by intended time.
struct PacketSender: ~Copyable {
    /// What one step sent.
    struct Sent {
        var count: UInt64 = 0
        var nanoseconds: UInt64 = 0
        var cpuSeconds = 0.0
    }

    /// Datagrams that one call sends at most.
    static let batchSize = 64
    /// A wait that is shorter is spent looking at the clock: sleeping would take longer.
    private static let shortestSleep: UInt64 = 40_000

    private let socket: Socket
    private let batch: DatagramBatch
    private let stop: ProbeStop

    init(_ probe: PacketProbe, _ stop: ProbeStop) throws(ProbeFailure) {
        // Both before either is kept: what cannot be copied is not taken down by halves.
        let socket = try Self.socket(probe)
        let batch = try Self.batch(probe)
        self.socket = socket
        self.batch = batch
        self.stop = stop
    }

    private static func socket(_ probe: PacketProbe) throws(ProbeFailure) -> Socket {
        do throws(SocketError) {
            let socket = try Socket(.udp, probe.target.family)
            // A device that takes no more is looked at again, so that a stop is seen.
            try socket.setTimeouts(nanoseconds: 100_000_000)
            try socket.connect(to: SocketAddress(probe.target, port: probe.port))
            return socket
        } catch {
            throw error.failure(peer: "udp \(probe.target) port \(probe.port)")
        }
    }

    private static func batch(_ probe: PacketProbe) throws(ProbeFailure) -> DatagramBatch {
        do throws(HostError) {
            return try DatagramBatch(count: batchSize, size: probe.messageSize)
        } catch {
            throw ProbeFailure(.system, error.description)
        }
    }

    /// Sends for so long, as fast as it can or at a rate.
    func send(_ header: UInt64, ratePerSecond: Double?, nanoseconds: UInt64) throws(SocketError) -> Sent {
        batch.set(header: header)
        var sent = Sent()
        let cpu = ThreadCPU.seconds()
        let start = Clock.monotonicNanoseconds()
        let end: UInt64
        if let ratePerSecond {
            let schedule = PacketSchedule(
                start: start, duration: nanoseconds, ratePerSecond: ratePerSecond, largestBatch: batch.count)
            end = try pace(schedule, &sent.count)
        } else {
            end = try flood(until: start + nanoseconds, &sent.count)
        }
        sent.nanoseconds = max(end - start, ratePerSecond == nil ? 0 : nanoseconds)
        sent.cpuSeconds = ThreadCPU.seconds() - cpu
        return sent
    }

    private func flood(until end: UInt64, _ sent: inout UInt64) throws(SocketError) -> UInt64 {
        var now = Clock.monotonicNanoseconds()
        while now < end, !stop.isTripped {
            sent += try send(batch.count)
            now = Clock.monotonicNanoseconds()
        }
        return now
    }

    private func pace(_ schedule: PacketSchedule, _ sent: inout UInt64) throws(SocketError) -> UInt64 {
        TimerSlack.minimise()
        var now = Clock.monotonicNanoseconds()
        while sent < schedule.total, now < schedule.end, !stop.isTripped {
            let intended = schedule.intended(sent)
            if now < intended {
                if intended - now > Self.shortestSleep { Self.sleep(until: intended - Self.shortestSleep / 2) }
            } else {
                sent += try send(Int(min(UInt64(schedule.batch), schedule.total - sent)))
            }
            now = Clock.monotonicNanoseconds()
        }
        return now
    }

    /// One call; none were sent where the device has no room for now.
    @inline(__always)
    private func send(_ count: Int) throws(SocketError) -> UInt64 {
        let result = batch.send(count, on: socket.descriptor)
        if result >= 0 { return UInt64(result) }
        // Full buffers of the socket and of the device (send(2)): both empty by themselves.
        guard result == -Int(EAGAIN) || result == -Int(ENOBUFS) else {
            throw SocketError(.send, Int32(truncatingIfNeeded: -result))
        }
        return 0
    }

    private static func sleep(until nanoseconds: UInt64) {
        var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        _ = clock_nanosleep(CLOCK_MONOTONIC, Int32(TIMER_ABSTIME), &time, nil)
    }
}
