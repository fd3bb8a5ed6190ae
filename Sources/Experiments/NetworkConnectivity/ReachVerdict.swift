import Contract
import Quantities
import Resources

/// What a result means for what was expected, and its numbers; pure.
struct ReachVerdict: Sendable {
    let result: ReachResult
    let cell: NetworkConnectivityPlan.Cell
    /// The part of the attempts that may be lost.
    let maximumLoss: Double

    /// The trial's measurement; what could not be tested has none.
    func measurement() throws(TrialFailure) -> Measurement {
        guard result.outcome != .couldNotTest else {
            throw TrialFailure(.failed, "could not test: \(result.reason)")
        }
        let detail: String
        do {
            detail = try finding.json()
        } catch {
            throw TrialFailure(.failed, "the finding could not be written as JSON: \(error)")
        }
        return Measurement(
            samples: samples,
            histograms: result.histogram.map { [ReachMetrics.rttP50.id.subject: $0] } ?? [:],
            events: [Measurement.Event(name: Finding.name, detail: detail)])
    }

    var finding: Finding {
        Finding(
            check: cell.method.rawValue, expected: cell.expect?.rawValue ?? "", found: found, detail: detail,
            verdict: cell.expect == nil ? .shown : isAsExpected ? .passed : .failed)
    }

    private var isAsExpected: Bool {
        guard let expect = cell.expect else { return true }
        guard result.watched == nil else { return result.convergedAfter != nil }
        return expect.outcomes.contains(result.outcome)
            && (expect != .reached || (result.loss ?? 1) <= maximumLoss + 1e-9)
    }

    /// The outcome, and how many answers are missing where some are.
    private var found: String {
        guard result.outcome == .reached, result.times.count < result.sent else { return result.outcome.words }
        return "\(result.outcome.words), \(result.sent - result.times.count) of \(result.sent) lost"
    }

    private var detail: String {
        let mtu = result.mtu.map { "path MTU \($0)" }
        let wait = result.watched.map { watched in
            let time = "\(TimeSpan.microseconds(Int64(watched / 1_000)))"
            return result.convergedAfter == nil ? "not as expected for \(time)" : "as expected after \(time)"
        }
        let strays = result.strays > 0 ? "\(result.strays) messages that were no answer" : nil
        return [wait, mtu, result.reason.isEmpty ? nil : result.reason, strays].compactMap(\.self).joined(
            separator: "; ")
    }

    private var samples: [Sample] {
        var samples = [Sample(metric: ReachMetrics.reached.name, value: result.outcome == .reached ? 1 : 0)]
        if let loss = result.loss { samples.append(Sample(metric: ReachMetrics.loss.name, value: loss)) }
        if let mtu = result.mtu { samples.append(Sample(metric: ReachMetrics.pathMTU.name, value: Double(mtu))) }
        if let phases = result.phases {
            let steps = [
                (ReachMetrics.httpLookup, phases.lookup), (ReachMetrics.httpConnect, phases.connect),
                (ReachMetrics.httpFirstByte, phases.firstByte), (ReachMetrics.httpTotal, phases.total),
            ]
            for (metric, time) in steps + (cell.method == .https ? [(ReachMetrics.httpTLS, phases.tls)] : []) {
                samples.append(Sample(metric: metric.name, value: Double(time) / 1e9))
            }
        }
        if let watched = result.watched {
            samples.append(
                Sample(
                    metric: ReachMetrics.convergedAfter.name, value: Double(watched) / 1e9,
                    censored: result.convergedAfter == nil))
        }
        let sorted = result.times.sorted().map { Double($0) / 1e9 }
        guard cell.method != .pathMTU, let first = sorted.first, let last = sorted.last else { return samples }
        let middle = sorted.count / 2
        let median = sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        samples += [
            Sample(metric: ReachMetrics.rttMinimum.name, value: first),
            Sample(metric: ReachMetrics.rttP50.name, value: median),
            Sample(metric: ReachMetrics.rttMaximum.name, value: last),
        ]
        if result.times.count > 1 {
            samples.append(Sample(metric: ReachMetrics.jitter.name, value: Self.jitter(result.times) / 1e9))
        }
        return samples
    }

    /// The smoothed difference of neighbours in nanoseconds, each counting for a sixteenth (RFC 3550, 6.4.1).
    ///
    /// Round trips stand for the transit times of the formula: neither clock of two hosts is needed.
    static func jitter(_ times: [UInt64]) -> Double {
        zip(times, times.dropFirst()).reduce(0) { jitter, pair in
            jitter + (abs(Double(pair.1) - Double(pair.0)) - jitter) / 16
        }
    }
}
