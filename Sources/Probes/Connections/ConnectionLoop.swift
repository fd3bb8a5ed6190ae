import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// What one thread of a client does: all requests and replies of its connections, told of by epoll(7).
///
/// All memory is taken before the first request. One reading of the clock for each receive: the end of one request is the
/// beginning of the next.
struct ConnectionLoop: ~Copyable {
    /// What the loop is doing, in this order.
    enum Phase {
        case opening, warmingUp, measuring, draining
    }

    let run: ConnectionsRun
    let address: SocketAddress
    let size: Int
    let burst: Int
    /// Whether each request has a connection of its own.
    let closes: Bool
    let timeout: UInt64
    /// The number of the first connection among those of all threads.
    let first: Int
    let count: Int
    let slots: UnsafeMutablePointer<ConnectionSlot>
    /// When requests were begun: for each slot as many as can be under way, a power of two.
    let times: UnsafeMutablePointer<UInt64>
    let ring: Int
    /// Where replies are read to, those of all connections one after the other.
    let input: UnsafeMutableRawPointer
    let inputRoom: Int
    /// Whole requests, of which only the headers change.
    let output: UnsafeMutableRawPointer
    let outputMessages: Int
    let queue: ReadinessQueue
    var outcome = LatencyOutcome()
    var phase = Phase.opening
    var measuredFrom = UInt64.max
    var end = UInt64.max
    /// No request can have waited too long before this.
    var nextExpiry: UInt64 = 0
    /// How many connections are open; while they are opened for the first time.
    var opened = 0

    private static let room = 65_536
    /// How many handshakes all threads together have under way at first, so that none is dropped by a full backlog.
    private static let handshakesAtOnce = 128

    init(_ part: Range<Int>, _ run: ConnectionsRun) throws(ProbeFailure) {
        do throws(HostError) {
            queue = try ReadinessQueue()
        } catch {
            throw ProbeFailure(.system, error.description)
        }
        let probe = run.context.probe
        self.run = run
        address = SocketAddress(probe.target, port: probe.port)
        size = probe.messageSize
        burst = probe.burst ?? 1
        closes = probe.pattern == .connectRequestClose
        timeout = probe.timeoutNanoseconds
        first = part.lowerBound
        count = part.count
        slots = .allocate(capacity: count)
        slots.initialize(repeating: ConnectionSlot(), count: count)
        var ring = 1
        while ring < burst { ring *= 2 }
        self.ring = ring
        times = .allocate(capacity: count * ring)
        times.initialize(repeating: 0, count: count * ring)
        inputRoom = max(size, Self.room)
        // A word is read at each header, also at one that begins at the last byte.
        input = .allocate(byteCount: inputRoom + MessageBuffer.longestHeader, alignment: 64)
        input.initializeMemory(as: UInt8.self, repeating: 0, count: inputRoom + MessageBuffer.longestHeader)
        outputMessages = max(1, min(burst, Self.room / size))
        output = .allocate(byteCount: outputMessages * size, alignment: 64)
        output.initializeMemory(as: UInt8.self, repeating: 0x6E, count: outputMessages * size)
    }

    deinit {
        for index in 0..<count where slots[index].state != .closed { close(slots[index].descriptor) }
        slots.deallocate()
        times.deallocate()
        input.deallocate()
        output.deallocate()
    }

    /// Connects, warms up, measures, and waits for the last replies; nil when it was ended before it could begin.
    consuming func measure() throws(ProbeFailure) -> LatencyOutcome? {
        if !closes { guard try openAll() else { return nil } }
        guard let start = run.awaitBegin() else { return nil }
        let probe = run.context.probe
        measuredFrom = start + probe.warmUpNanoseconds
        end = measuredFrom + probe.durationNanoseconds
        phase = .warmingUp
        var now = Clock.monotonicNanoseconds()
        for index in 0..<count {
            if closes { try open(index, now) } else { try begin(burst, index, now) }
        }
        var processorSeconds = 0.0
        outcome.interrupted = true
        while !run.isOver {
            if phase == .warmingUp, now >= measuredFrom {
                processorSeconds = ThreadCPU.seconds()
                phase = .measuring
            }
            if phase == .measuring, now >= end {
                outcome.cpuSeconds = ThreadCPU.seconds() - processorSeconds
                phase = .draining
            }
            if phase == .draining, isDrained {
                outcome.interrupted = false
                break
            }
            try expire(now)
            try handleEvents(now)
            now = Clock.monotonicNanoseconds()
        }
        return outcome
    }

    /// False when it was ended before all were open.
    private mutating func openAll() throws(ProbeFailure) -> Bool {
        let window = max(1, Self.handshakesAtOnce / run.threads)
        var next = 0
        while opened < count {
            if run.isOver { return false }
            let now = Clock.monotonicNanoseconds()
            while next < count, next - opened < window {
                try open(next, now)
                next += 1
            }
            try expire(now)
            try handleEvents(now)
        }
        return true
    }

    private var isDrained: Bool {
        for index in 0..<count where slots[index].underWay > 0 { return false }
        return true
    }

    private mutating func handleEvents(_ now: UInt64) throws(ProbeFailure) {
        let events: Int
        do throws(HostError) {
            events = try queue.wait(milliseconds: patience(now))
        } catch {
            throw ProbeFailure(.system, error.description)
        }
        for event in 0..<events {
            try handle(Int(queue.token(event)), hasEnded: queue.hasEnded(event))
        }
    }

    /// How long nothing has to be done without an event: 100 ms at most, so that a stop is seen.
    private func patience(_ now: UInt64) -> Int32 {
        var until = min(nextExpiry, now + 100_000_000)
        if now < measuredFrom { until = min(until, measuredFrom) } else if now < end { until = min(until, end) }
        return until > now ? Int32((until - now + 999_999) / 1_000_000) : 0
    }

    @inline(__always)
    private mutating func handle(_ index: Int, hasEnded: Bool) throws(ProbeFailure) {
        switch slots[index].state {
        case .open: try receive(index, hasEnded: hasEnded)
        case .connecting: try finishConnecting(index)
        case .ending: try receiveEnd(index)
        case .closed: break
        }
    }
}
