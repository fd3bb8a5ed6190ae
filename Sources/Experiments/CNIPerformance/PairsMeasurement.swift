import Contract
import Quantities
import Resources
import Statistics

/// What several pairs measured at once, as one measurement: totals, one distribution, and how evenly they shared; pure.
struct PairsMeasurement: Sendable {
    /// How far apart clients may begin, as a share of what they measure.
    ///
    /// A total is of a time in which all ran, and where one began late or ended early the others had its part.
    static let mostApart = 0.05

    /// What the first client read for all; counters of namespaces, of which there are several, are left out.
    private static let ofMachine = [
        KernelCostMetrics.softirq, KernelCostMetrics.softnetDropped, KernelCostMetrics.softnetSqueezed,
    ]

    private let pairs: [Measurement]
    private let test: CNIPerformance.Test
    private var duration: TimeSpan { test.duration }

    init(_ pairs: [Measurement], of test: CNIPerformance.Test) {
        self.pairs = pairs
        self.test = test
    }

    /// The measurement of all; throws where they did not run together.
    func combined() throws(TrialFailure) -> Measurement {
        let lags = pairs.compactMap { $0.value(of: ProbeMetrics.beginLag.name) }
        let late = (lags.max() ?? 0) - (lags.min() ?? 0)
        guard lags.count == pairs.count, late <= duration.seconds * Self.mostApart else {
            throw TrialFailure(
                .invalid,
                "clients of \(pairs.count) pairs began up to \(Int(late * 1e3)) ms apart, more than \(Int(Self.mostApart * 100)) % "
                    + "of \(duration): their sum is none of a time in which all ran; measure longer, or use fewer pairs",
                artifacts: artifacts)
        }
        let histograms = try self.histograms()
        var all = Measurement(
            histograms: histograms.mapValues { $0.json() }, artifacts: artifacts,
            remarks: pairs.enumerated().flatMap { pair, measurement in
                measurement.remarks.map { "pair \(pair): \($0)" }
            })
        for metric in ProbeMetrics.all { all.samples += samples(of: metric, histograms) }
        all.samples += shares()
        all.samples += ProcessorCost.samples(for: all)
        let ofMachine = Set(Self.ofMachine.map(\.name))
        all.samples += pairs.first?.samples.filter { ofMachine.contains($0.metric) } ?? []
        all.samples = KernelCost(transport: test.transport).completed(all.samples)
        return all
    }

    /// What a pair's number means for all.
    private func samples(of metric: Metric, _ histograms: [String: LatencyHistogram]) -> [Sample] {
        let each = pairs.flatMap { $0.samples.filter { $0.metric == metric.name } }
        guard !each.isEmpty, !ProcessorCost.metrics.contains(metric) else { return [] }
        func one(_ value: Double) -> [Sample] { [Sample(metric: metric.name, value: value)] }
        switch metric {
        case ProbeMetrics.loss, ProbeMetrics.jitter:
            return one(each.map(\.value).reduce(0, +) / Double(each.count))
        case ProbeMetrics.generatorLoad, ProbeMetrics.generatorLimited, ProbeMetrics.sendLagP99, ProbeMetrics.beginLag:
            return one(each.map(\.value).max() ?? 0)
        case ProbeMetrics.latency:
            return each
        default:
            if let percentile = metric.id.percentile, let histogram = histograms[whole(of: metric.id).name] {
                let value = Double(histogram.percentile(percentile)) / 1e9
                // A pair whose own percentile is a time-out has a lower bound there.
                let bound = each.filter(\.censored).map(\.value).min()
                return [Sample(metric: metric.name, value: value, censored: bound.map { value >= $0 * 0.999 } ?? false)]
            }
            return one(each.map(\.value).reduce(0, +))
        }
    }

    /// What a percentile is one of.
    private func whole(of percentile: MetricID) -> MetricID {
        var id = percentile
        id.percentile = nil
        return id
    }

    /// What each pair got, and how even that was: Jain's index (Jain, Chiu and Hawe 1984), (sum x)^2 / (n sum x^2).
    private func shares() -> [Sample] {
        for (total, part) in [
            (ProbeMetrics.throughput, ProbeMetrics.pairThroughput),
            (ProbeMetrics.transactionRate, ProbeMetrics.pairTransactionRate),
            (ProbeMetrics.packetRate, ProbeMetrics.pairPacketRate),
        ] {
            let each = pairs.compactMap { $0.value(of: total.name) }
            guard each.count == pairs.count else { continue }
            let squares = each.map { $0 * $0 }.reduce(0, +)
            let sum = each.reduce(0, +)
            return each.map { Sample(metric: part.name, value: $0) }
                + (squares > 0
                    ? [Sample(metric: ProbeMetrics.fairness.name, value: sum * sum / (Double(each.count) * squares))]
                    : [])
        }
        return []
    }

    /// The distributions of all pairs together: percentiles have no mean.
    private func histograms() throws(TrialFailure) -> [String: LatencyHistogram] {
        var all: [String: LatencyHistogram] = [:]
        for (name, json) in pairs.flatMap(\.histograms) {
            do throws(HistogramFormatError) {
                all[name, default: LatencyHistogram()].merge(try LatencyHistogram(json: json))
            } catch {
                throw TrialFailure(.invalid, "a client reported a histogram of \(name) that is none: \(error)")
            }
        }
        return all
    }

    private var artifacts: [Artifact] {
        pairs.enumerated().flatMap { pair, measurement in
            measurement.artifacts.map { artifact in
                var artifact = artifact
                artifact.name = "pair-\(pair)-\(artifact.name)"
                return artifact
            }
        }
    }
}
