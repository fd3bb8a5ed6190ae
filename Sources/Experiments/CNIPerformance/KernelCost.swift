import Contract
import Resources

/// What the kernel's counters come to for a trial: what both ends counted, and by amount of work.
struct KernelCost {
    private static let gibibyte = 1_073_741_824.0

    /// What the test sends.
    let transport: Transport
    /// Whether streams ran beside it, which the same counters count.
    let isLoaded: Bool
    /// Whether both ends stand in one namespace, and so count the same.
    let isOnePlace: Bool

    /// For one cell of a plan.
    init(of cell: CNIPerformancePlan.Cell, isOnePlace: Bool) {
        self.init(transport: cell.test.transport, isLoaded: cell.load != nil, isOnePlace: isOnePlace)
    }

    /// For a test of such a kind.
    init(transport: Transport, isLoaded: Bool = false, isOnePlace: Bool = false) {
        self.transport = transport
        self.isLoaded = isLoaded
        self.isOnePlace = isOnePlace
    }

    /// The samples of a trial with what is worked out from them, and without those that say nothing of it.
    func completed(_ samples: [Sample]) -> [Sample] {
        var samples = samples
        let ends = CostWindow.End.allCases
        // Over UDP only the control connections of tools would be meant.
        if transport == .udp { samples = samples.without(ends.map(KernelCostMetrics.retransmits)) }
        if isOnePlace {
            samples = samples.without([
                KernelCostMetrics.retransmits(at: .server), KernelCostMetrics.interfaceDrops(at: .server),
                KernelCostMetrics.conntrackEntries(at: .server),
            ])
        }
        guard !isLoaded else { return samples }
        if let seconds = samples.value(of: KernelCostMetrics.softirq) {
            if let count = samples.value(of: ProbeMetrics.transactions), count > 0 {
                samples.append(
                    Sample(
                        metric: KernelCostMetrics.softirqPerKilotransaction.name, value: seconds / (count / 1000)))
            } else if let bytes = samples.value(of: ProbeMetrics.bytes), bytes > 0 {
                samples.append(
                    Sample(
                        metric: KernelCostMetrics.softirqPerGibibyte.name, value: seconds / (bytes / Self.gibibyte)))
            }
        }
        // A tool that counts its own segments knows better which of them it measured.
        guard samples.value(of: ProbeMetrics.retransmits) == nil else { return samples }
        let counted = ends.map { samples.value(of: KernelCostMetrics.retransmits(at: $0)) }
        guard let client = counted[0], let server = isOnePlace ? 0 : counted[1] else { return samples }
        samples.append(Sample(metric: ProbeMetrics.retransmits.name, value: client + server))
        return samples
    }
}

extension [Sample] {
    fileprivate func value(of metric: Metric) -> Double? { first { $0.metric == metric.name }?.value }

    fileprivate func without(_ metrics: [Metric]) -> [Sample] {
        let names = Set(metrics.map(\.name))
        return filter { !names.contains($0.metric) }
    }
}
