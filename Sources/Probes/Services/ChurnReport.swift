import Contract
import ServiceLab
import ServiceProxies
import Statistics

/// A client's connections beside the changes of endpoints, in bins of time; pure but for one counter at the end.
struct ChurnReport: Sendable {
    private let log: ChurnLog
    private let changes: [ChurnChange]
    private let duration: UInt64
    private let deadPackets: [UInt64]
    private let deadBefore: UInt64

    init(
        _ log: ChurnLog,
        changes: [ChurnChange],
        start: UInt64,
        end: UInt64,
        deadBefore: UInt64,
        deadAfter: UInt64 = ServiceLab.packetsToDead()
    ) {
        self.log = log
        self.changes = changes
        duration = end - start
        deadPackets = log.deadPackets + [deadAfter]
        self.deadBefore = deadBefore
    }

    // MARK: Events

    /// Samples, the histogram of all connections, and the timeline as an artifact.
    func events() -> [ProbeEvent] {
        var histogram = LatencyHistogram()
        for latency in log.entries.compactMap(\.latency) { histogram.record(nanoseconds: latency) }
        guard !log.entries.isEmpty else {
            let message = "no connection was tried while endpoints changed"
            return [.failure(code: FailureCode.timedOut.rawValue, message: message)]
        }
        let failed = log.entries.count { $0.latency == nil }
        var events: [ProbeEvent] = [
            sample(ServiceMetrics.churnFailedShare, Double(failed) / Double(log.entries.count)),
            sample(ServiceMetrics.churnDeadPackets, Double((deadPackets.last ?? deadBefore) - deadBefore)),
            sample(ServiceMetrics.churnChanges, Double(changes.count)),
        ]
        if histogram.count > 0 {
            events += [
                .histogram(metric: "churn_connect", json: histogram.json()),
                sample(ServiceMetrics.churnConnectP50, Double(histogram.percentile(50)) / 1e9),
                sample(ServiceMetrics.churnConnectP99, Double(histogram.percentile(99)) / 1e9),
            ]
        }
        if let returned = median(changes.map { $0.returnedAt - $0.diedAt }) {
            events.append(sample(ServiceMetrics.churnReturned, returned))
        }
        if let visible = median(changes.compactMap { change in seen(change).map { $0 - change.diedAt } }) {
            events.append(sample(ServiceMetrics.churnVisible, visible))
        }
        return events + [.artifact(name: Timeline.artifact, mediaType: "application/json", text: json())]
    }

    private func sample(_ metric: Metric, _ value: Double) -> ProbeEvent {
        .sample(metric: metric.name, value: value, censored: false)
    }

    /// In seconds.
    private func median(_ nanoseconds: [UInt64]) -> Double? {
        let sorted = nanoseconds.sorted()
        guard !sorted.isEmpty else { return nil }
        return Double(sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2e9
    }

    /// When the first connection that the new endpoint answered was started, after the old one's death.
    private func seen(_ change: ChurnChange) -> UInt64? {
        log.entries.first { $0.startedAt >= change.diedAt && $0.endpoint == change.successor }?.startedAt
    }

    // MARK: The artifact

    /// The timeline in seconds from the start of the churn; `docs/results.md` describes it.
    func json() -> String {
        let width = ChurnLog.binNanoseconds
        var latencies = [[UInt64]](repeating: [], count: Int((duration + width - 1) / width))
        var failures = [Int](repeating: 0, count: latencies.count)
        for entry in log.entries {
            let bin = min(Int(entry.startedAt / width), latencies.count - 1)
            if let latency = entry.latency { latencies[bin].append(latency) } else { failures[bin] += 1 }
        }
        let bins = latencies.indices.map { index in
            let sorted = latencies[index].sorted()
            return Timeline.Bin(
                at: Double(UInt64(index) * width) / 1e9,
                connects: sorted.count + failures[index],
                failed: failures[index],
                p50: quantile(0.5, of: sorted),
                p99: quantile(0.99, of: sorted),
                deadPackets: Int(clamping: packets(inBin: index))
            )
        }
        let timeline = Timeline(
            binSeconds: Double(width) / 1e9,
            bins: bins,
            changes: changes.map { change in
                Timeline.Change(
                    at: Double(change.diedAt) / 1e9,
                    returned: Double(change.returnedAt) / 1e9,
                    visible: seen(change).map { Double($0) / 1e9 }
                )
            }
        )
        return (try? timeline.json()) ?? "{}"
    }

    private func quantile(_ share: Double, of sorted: [UInt64]) -> Double? {
        guard !sorted.isEmpty else { return nil }
        return Double(sorted[Int((share * Double(sorted.count - 1)).rounded(.up))]) / 1e9
    }

    private func packets(inBin index: Int) -> UInt64 {
        guard index + 1 < deadPackets.count else { return 0 }
        return deadPackets[index + 1] - min(deadPackets[index], deadPackets[index + 1])
    }
}
