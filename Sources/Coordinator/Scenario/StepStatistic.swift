import Contract
import Resources
import Results
import Statistics

/// One number of what a step measured: over all trials that completed, by merged histograms where there are some.
struct StepStatistic {
    let selection: Expectation.Selection
    let state: StepResults.State

    func value(_ statistic: Expectation.Statistic) throws(ExpressionProblem) -> ExpectationJudge.Value {
        let trials = try selected()
        let (histogram, unit) = (try merged(trials), state.metrics[selection.metric]?.unit ?? "")
        // Beside a histogram stand the requests that timed out, later than all that are in it.
        let observations = Self.observations(of: selection.metric, in: trials).filter {
            histogram == nil || $0.censored
        }
        let count = Int(histogram?.count ?? 0) + observations.count
        guard count > 0 else {
            throw problem(
                "the step \(selection.step) has no value of \(selection.metric)\(filterWords): it was never measured")
        }
        if statistic == .count { return .quantity(Double(count), .number) }
        let value: Double
        if let histogram, histogram.count > 0 {
            value = try number(statistic, of: histogram, count)
        } else {
            value = try number(statistic, of: observations)
        }
        guard value.isFinite else { throw problem("\(selection.metric) is no number") }
        return .quantity(value, Dimension(unit: unit))
    }

    private func number(
        _ statistic: Expectation.Statistic, of histogram: LatencyHistogram, _ count: Int
    ) throws(ExpressionProblem) -> Double {
        let recorded = Double(histogram.count)
        if let percentile = statistic.percentile {
            let rank = percentile * Double(count) / recorded
            guard rank <= 100 || count == Int(histogram.count) else {
                throw timedOut(count - Int(histogram.count), count)
            }
            return Double(histogram.percentile(rank)) / 1e9
        }
        if statistic == .minimum { return Double(histogram.min) / 1e9 }
        guard count == Int(histogram.count) else { throw timedOut(count - Int(histogram.count), count) }
        return (statistic == .mean ? histogram.mean : Double(histogram.max)) / 1e9
    }

    private func number(
        _ statistic: Expectation.Statistic, of observations: [Observation]
    ) throws(ExpressionProblem) -> Double {
        let bounds = observations.filter(\.censored).map(\.value)
        let known = observations.filter { !$0.censored }.map(\.value).sorted()
        let unsure = timedOut(bounds.count, observations.count)
        if statistic == .mean {
            guard bounds.isEmpty else { throw unsure }
            return known.reduce(0, +) / Double(known.count)
        }
        // What is only known to be at least so much stands behind all others, and is asked where that would not be so.
        let place: Int
        switch statistic {
        case .minimum: place = 0
        case .maximum: place = observations.count - 1
        default:
            let percentile = statistic.percentile ?? 50
            if statistic == .median, observations.count.isMultiple(of: 2), bounds.isEmpty {
                return (known[known.count / 2 - 1] + known[known.count / 2]) / 2
            }
            place = max(0, Int((percentile / 100 * Double(observations.count)).rounded(.up)) - 1)
        }
        guard place < known.count, bounds.allSatisfy({ $0 >= known[place] }) else { throw unsure }
        return known[place]
    }

    /// What a comparison of the two says, the second against the first.
    static func verdict(
        _ base: StepStatistic, _ candidate: StepStatistic, seed: UInt64
    ) throws(ExpressionProblem) -> String {
        let sides = (try base.known(), try candidate.known())
        guard let metric = candidate.state.metrics[candidate.selection.metric]?.metric,
            base.state.metrics[base.selection.metric]?.unit == metric.unit
        else { throw candidate.problem("the two are not measured in the same unit") }
        func censored(_ side: [Observation]) -> Set<Int> {
            Set(side.indices.filter { side[$0].censored })
        }
        let pair = Judge.Pair(
            metric: metric, variant: candidate.selection.step, base: sides.0.map(\.value),
            candidate: sides.1.map(\.value), censoredBase: censored(sides.0), censoredCandidate: censored(sides.1))
        guard let comparison = Judge.compare([pair], seed: seed).first else {
            throw candidate.problem("nothing could be compared")
        }
        return comparison.verdict.rawValue
    }

    private func known() throws(ExpressionProblem) -> [Observation] {
        let observations = Self.observations(of: selection.metric, in: try selected())
        guard !observations.isEmpty else {
            throw problem(
                "the step \(selection.step) has no value of \(selection.metric)\(filterWords): it was never measured")
        }
        return observations
    }

    // MARK: Which trials

    private func selected() throws(ExpressionProblem) -> [StepResults.Trial] {
        let completed = state.trials.filter { $0.outcome == .completed }
        let factors = Set(completed.flatMap(\.factors.keys))
        for filter in selection.filters where !factors.contains(filter.name) {
            throw ExpressionProblem(
                at: selection.offset,
                "no trial of \(selection.step) has a \(filter.name); there is \(factors.sorted().joined(separator: ", "))",
                suggestion: NearestName.of(filter.name, among: factors.sorted()))
        }
        return completed.filter { trial in selection.filters.allSatisfy { trial.factors[$0.name] == $0.value } }
    }

    private static func observations(of metric: String, in trials: [StepResults.Trial]) -> [Observation] {
        trials.flatMap(\.samples).filter { $0.metric == metric }.map(\.sample.observation)
    }

    private func merged(_ trials: [StepResults.Trial]) throws(ExpressionProblem) -> LatencyHistogram? {
        var merged: LatencyHistogram?
        for text in trials.compactMap({ $0.histograms[selection.metric] }) {
            guard let histogram = try? LatencyHistogram(json: text) else {
                throw problem("a histogram of \(selection.metric) cannot be read")
            }
            if merged == nil { merged = LatencyHistogram() }
            merged?.merge(histogram)
        }
        return merged
    }

    private var filterWords: String {
        selection.filters.isEmpty
            ? "" : " with " + selection.filters.map { "\($0.name) \($0.value)" }.joined(separator: " and ")
    }

    private func timedOut(_ part: Int, _ all: Int) -> ExpressionProblem {
        problem("\(part) of \(all) values of \(selection.metric) are time-outs, known only to be at least as large")
    }

    private func problem(_ message: String) -> ExpressionProblem { ExpressionProblem(at: selection.offset, message) }
}
