import Contract
@preconcurrency import Dispatch
import LinuxHost
import Synchronization

/// What the kernel counted in the namespace of this process and on its machine at one moment.
struct CostMoment: Sendable, Equatable {
    var counters: NetworkCounters
    /// Seconds of all processors in soft interrupts; nil where the kernel does not say.
    var softirq: Double?

    static func read() -> CostMoment {
        CostMoment(counters: .read(), softirq: (try? CPUTimes.read())?.softirq)
    }
}

/// Reads the kernel's counters around what a probe measures: on a thread of its own while a lead runs, so that nobody waits for it.
final class CostMeter: Sendable {
    /// How long before the end of a lead is read: within it, so that nothing of it is measured.
    private static let ahead: UInt64 = 10_000_000

    private let window: CostWindow
    private let first = Mutex<CostMoment?>(nil)
    private let end = DispatchSemaphore(value: 0)

    /// Reads now, or when the lead that begins now is nearly over.
    init(_ window: CostWindow) {
        self.window = window
        let start = Clock.monotonicNanoseconds()
        let lead = window.leadNanoseconds
        guard lead > Self.ahead else {
            let moment = CostMoment.read()
            first.withLock { $0 = moment }
            return
        }
        // Without a thread there is no first reading, and so no cost.
        try? PlainThread.start {
            let wait = DispatchTimeInterval.nanoseconds(Int(clamping: lead - Self.ahead))
            guard self.end.wait(timeout: .now() + wait) == .timedOut else { return }
            let moment = CostMoment.read()
            // On a busy machine a thread may come late: what was measured by then would be missing.
            guard Clock.monotonicNanoseconds() <= start + lead else { return }
            self.first.withLock { $0 = moment }
        }
    }

    /// Ends the wait for a first reading.
    func stop() { end.signal() }

    /// Reads once more, and says what lies between; nothing where there was no first reading in time.
    func events() -> [ProbeEvent] {
        let last = CostMoment.read()
        guard let first = first.withLock({ $0 }) else { return [] }
        return Self.events(window.end, from: first, to: last)
    }

    /// What lies between two moments; what one of them does not have, or what fell meanwhile, is left out.
    static func events(_ end: CostWindow.End, from first: CostMoment, to last: CostMoment) -> [ProbeEvent] {
        let (before, after) = (first.counters, last.counters)
        var values: [(Metric, Double?)] = []
        if end == .client {
            values += [
                (KernelCostMetrics.softirq, rise(first.softirq, last.softirq)),
                (KernelCostMetrics.softnetDropped, rise(before.backlogDrops, after.backlogDrops)),
                (KernelCostMetrics.softnetSqueezed, rise(before.squeezes, after.squeezes)),
            ]
        }
        values += [
            (KernelCostMetrics.retransmits(at: end), rise(before.retransmits, after.retransmits)),
            (KernelCostMetrics.interfaceDrops(at: end), drops(before.linkDrops, after.linkDrops)),
            (KernelCostMetrics.conntrackEntries(at: end), after.trackedConnections.map { Double($0) }),
        ]
        return values.compactMap { metric, value in value.map { .sample(metric: metric.name, value: $0) } }
    }

    private static func rise(_ before: UInt64?, _ after: UInt64?) -> Double? {
        guard let before, let after, after >= before else { return nil }
        return Double(after - before)
    }

    private static func rise(_ before: Double?, _ after: Double?) -> Double? {
        guard let before, let after, after >= before else { return nil }
        return after - before
    }

    /// Of all links that were there before and after; nil where one of them counts anew.
    private static func drops(_ before: [String: UInt64]?, _ after: [String: UInt64]?) -> Double? {
        guard let before, let after else { return nil }
        var sum = 0.0
        for (name, count) in after {
            guard let earlier = before[name] else { continue }
            guard let rise = rise(earlier, count) else { return nil }
            sum += rise
        }
        return sum
    }
}
