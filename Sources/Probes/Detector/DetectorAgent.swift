import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets
import Statistics

/// The whole agent on one thread: answers, checks, and closes windows; poll(2) says what can go on.
final class DetectorAgent {
    private let probe: DetectorProbe
    private let stop: ProbeStop
    private let answers: PeerAnswers
    private let checks: [ScheduledCheck]
    private let peers: [IPAddress]
    private let start: UInt64
    private let report: (AgentWindow) -> Void
    private var kernel = KernelReader()
    private var jitter: SeededGenerator
    private var closed: UInt32 = 0
    private var processor = ProcessorUse.seconds()
    private var lateness: UInt64 = 0

    /// The longest that a stop is not noticed.
    private static let patience: UInt64 = 50_000_000
    /// How long after its last attempt is lost a window is closed: what the others count comes in meanwhile.
    private static let grace: UInt64 = 50_000_000

    init(
        _ probe: DetectorProbe, seed: UInt64, stop: ProbeStop, report: @escaping (AgentWindow) -> Void
    ) throws(SocketError) {
        self.probe = probe
        self.stop = stop
        self.report = report
        var generator = SeededGenerator(seed: seed ^ Clock.monotonicNanoseconds())
        let families = Set(probe.checks.map(\.address.family)).union([.ipv4])
        answers = try PeerAnswers(
            port: probe.port, families: families.sorted { $0.rawValue < $1.rawValue },
            answersNames: probe.answersNames)
        start = WallClock.monotonic(at: probe.startNanoseconds)
        let begin = start
        checks = probe.checks.map { check in
            let secret = generator.next()
            return ScheduledCheck(
                check, Self.flow(check, probe, secret: secret), probe, start: begin, phase: generator.next())
        }
        var seen: Set<IPAddress> = []
        peers = probe.checks.map(\.address).filter { seen.insert($0).inserted }
        jitter = generator
    }

    /// Nil where the kernel gives no socket: the check counts as not tested then.
    private static func flow(_ check: DetectorProbe.Check, _ probe: DetectorProbe, secret: UInt64) -> (any CheckFlow)? {
        switch check.kind {
        case .udp, .mtu: try? DatagramFlow(check, secret: secret)
        case .icmp: try? PingFlow(check, secret: secret)
        case .tcp, .service: ConnectCheckFlow(check)
        case .dns: NameCheckFlow(check, name: probe.name, secret: secret)
        }
    }

    /// Runs until the last window is closed, or it is told to stop.
    func run() {
        var entries: [pollfd] = []
        while !stop.isTripped, Int(closed) < probe.windows {
            let now = Clock.monotonicNanoseconds()
            step(now)
            fill(&entries)
            let code = poll(&entries, nfds_t(entries.count), wait(from: Clock.monotonicNanoseconds()))
            guard code > 0 else { continue }
            for (index, descriptor) in answers.descriptors.enumerated() where entries[index].revents != 0 {
                answers.serve(descriptor)
            }
            let later = Clock.monotonicNanoseconds()
            let first = answers.descriptors.count
            for (index, check) in checks.enumerated() where entries[first + index].revents != 0 {
                check.proceed(isReady: true, now: later)
            }
        }
    }

    private func step(_ now: UInt64) {
        guard now >= start else { return }
        let window = UInt32(clamping: (now - start) / probe.windowNanoseconds)
        for check in checks {
            check.proceed(isReady: false, now: now)
            if Int(window) < probe.windows {
                lateness = max(lateness, check.begin(now: now, window: window, jitter: &jitter))
            }
        }
        while Int(closed) < probe.windows, now >= end(of: closed) { close(closed) }
    }

    private func end(of window: UInt32) -> UInt64 {
        start + UInt64(window + 1) * probe.windowNanoseconds + probe.timeoutNanoseconds + Self.grace
    }

    private func close(_ window: UInt32) {
        let used = ProcessorUse.seconds()
        report(
            AgentWindow(
                place: probe.place, index: Int(window), checks: checks.compactMap { $0.take(window: window) },
                arrivals: answers.take(window: window), reading: kernel.read(peers: peers),
                processorSeconds: used - processor, memoryBytes: ProcessorUse.residentBytes(), lateness: lateness))
        processor = used
        lateness = 0
        closed += 1
    }

    private func fill(_ entries: inout [pollfd]) {
        entries.removeAll(keepingCapacity: true)
        for descriptor in answers.descriptors {
            entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        for check in checks {
            let events = check.flow?.waitsToSend == true ? POLLOUT : POLLIN
            entries.append(pollfd(fd: check.descriptor, events: Int16(events), revents: 0))
        }
    }

    /// Milliseconds until something is due, rounded up.
    private func wait(from now: UInt64) -> Int32 {
        let due = checks.reduce(min(end(of: closed), now + Self.patience)) { min($0, $1.wakesAt) }
        return due > now ? Int32((due - now + 999_999) / 1_000_000) : 0
    }
}
