import Contract
import Glibc
import LinuxHost
import Statistics

/// Carries out many checks on one thread: some are under way at once, and poll(2) says which of them can go on.
struct ReachLoop {
    let probe: ReachProbe
    let stop: ProbeStop
    let seed: UInt64
    /// When all that is not done could not be tested, on the monotonic clock.
    let end: UInt64
    /// Takes each result as it comes.
    let report: (ReachResult) -> Void

    /// The longest that a stop is not noticed.
    private static let patience: UInt64 = 50_000_000

    /// Runs until every check has its result.
    func run() {
        var generator = SeededGenerator(seed: seed ^ Clock.monotonicNanoseconds())
        var waiting = probe.checks[...]
        var flows: [any ReachFlow] = []
        var ready: [Bool] = []
        while !waiting.isEmpty || !flows.isEmpty {
            while flows.count < probe.concurrency, let check = waiting.popFirst() {
                flows.append(Self.flow(check, probe, secret: generator.next()))
                ready.append(false)
            }
            let now = Clock.monotonicNanoseconds()
            if let (reason, isDeadline) = reasonToEnd(now) {
                for flow in flows { report(flow.cutShort(reason, isDeadline: isDeadline)) }
                for check in waiting {
                    report(ReachResult(id: check.id, outcome: .couldNotTest, reason: reason))
                }
                return
            }
            var left: [any ReachFlow] = []
            for (index, flow) in flows.enumerated() {
                if let result = flow.proceed(now: Clock.monotonicNanoseconds(), isReady: ready[index]) {
                    report(result)
                } else {
                    left.append(flow)
                }
            }
            let hasRoom = left.count < flows.count && !waiting.isEmpty
            flows = left
            ready = hasRoom ? flows.map { _ in false } : wait(for: flows)
        }
    }

    private func reasonToEnd(_ now: UInt64) -> (String, isDeadline: Bool)? {
        if stop.isTripped, stop.reason != .deadline { return ("it was told to stop", false) }
        return stop.isTripped || now >= end ? ("the deadline came first", true) : nil
    }

    private static func flow(_ check: ReachProbe.Check, _ probe: ReachProbe, secret: UInt64) -> any ReachFlow {
        guard let expected = check.until else { return attempt(check, probe, secret: secret) }
        var once = probe
        once.count = 1
        var generator = SeededGenerator(seed: secret)
        return ConvergenceFlow(check.id, expected, probe) { attempt(check, once, secret: generator.next()) }
    }

    private static func attempt(_ check: ReachProbe.Check, _ probe: ReachProbe, secret: UInt64) -> any ReachFlow {
        switch check.method {
        case .icmp, .udp, .tcp, .http, .https, .pathMTU:
            guard let question = check.question else { return direct(check, probe, secret: secret) }
            return NamedFlow(check, question, probe, secret: secret) { address, lookup in
                var found = check
                (found.address, found.question) = (address, nil)
                return direct(found, probe, secret: secret, lookup: lookup)
            }
        case .dns:
            let question = check.question ?? ReachProbe.Question("", .a)
            return NameFlow(
                id: check.id, question, at: check.address, check.port ?? ReachProbe.namePort, probe, secret: secret)
        }
    }

    private static func direct(
        _ check: ReachProbe.Check, _ probe: ReachProbe, secret: UInt64, lookup: UInt64? = nil
    ) -> any ReachFlow {
        switch check.method {
        case .tcp: ConnectFlow(check, probe)
        case .http, .https: FetchFlow(check, probe, lookup: lookup)
        case .pathMTU: PathMTUFlow(check, probe, secret: secret)
        case .icmp, .udp, .dns: EchoFlow(check, probe, secret: secret)
        }
    }

    private func wait(for flows: [any ReachFlow]) -> [Bool] {
        guard !flows.isEmpty else { return [] }
        let now = Clock.monotonicNanoseconds()
        let wake = flows.reduce(min(end, now + Self.patience)) { min($0, $1.wakesAt) }
        let left = wake > now ? wake - now : 0
        // Rounded up: a wait that is too short would only be another one.
        let milliseconds = Int32((left + 999_999) / 1_000_000)
        var entries = flows.map {
            pollfd(fd: $0.descriptor, events: Int16($0.waitsToSend ? POLLOUT : POLLIN), revents: 0)
        }
        guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return flows.map { _ in false } }
        return entries.map { $0.revents != 0 }
    }
}
