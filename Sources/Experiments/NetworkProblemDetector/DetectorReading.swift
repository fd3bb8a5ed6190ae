import Contract
import Resources
import Watches

/// What the windows of a watch mean: findings with their verdicts, numbers, and what there was when; pure.
struct DetectorReading: Sendable {
    let layout: DetectorLayout
    let record: DetectorRecord
    /// Seconds from the trial's start until the watch's.
    let lead: Double
    /// When the first window began, in nanoseconds since 1970.
    var start: UInt64 = 0

    func measurement() throws(TrialFailure) -> Measurement {
        let byIndex = record.byIndex
        guard byIndex.contains(where: { !$0.isEmpty }) else {
            throw TrialFailure(.invalid, "no agent closed a window; allow more time, or take shorter windows")
        }
        var watch = Watch(layout.map, rules: layout.rules)
        let clock = ContinuousClock()
        let begun = clock.now
        for (index, reports) in byIndex.enumerated() { watch.take(reports, index: index) }
        let analysis = (clock.now - begun) / max(layout.windows, 1)
        let findings = watch.findings
        let numbers = DetectorNumbers(layout: layout, byIndex: byIndex, lead: lead)
        var measurement = Measurement(
            samples: numbers.samples(findings) + [
                Sample(
                    metric: DetectorMetrics.analysis.name,
                    value: Double(analysis.components.attoseconds) / 1e18 + Double(analysis.components.seconds))
            ],
            spans: findings.map(span), series: numbers.series)
        do {
            measurement.events = try verdicts(findings).map {
                Measurement.Event(name: Finding.name, detail: try $0.json())
            }
            measurement.artifacts = [
                Artifact(
                    name: WatchPlan.artifact, mediaType: "application/json",
                    text: try layout.plan(start: start).json()),
                Artifact(
                    name: WatchStatus.artifact, mediaType: "application/json",
                    text: try WatchStatus(watch, windowSeconds: layout.windowSeconds).json()),
                Artifact(name: "watch-pairs.csv", mediaType: "text/csv", text: numbers.pairs),
                Artifact(
                    name: PairTable.artifact, mediaType: "application/json",
                    text: try PairTable.json(numbers.pairTables)),
                record.observations,
            ]
        } catch {
            throw TrialFailure(.failed, "what was found could not be written as JSON: \(error)")
        }
        return measurement
    }

    // MARK: Findings

    /// Seconds since the trial's start at which a window begins.
    private func seconds(_ window: Int) -> Double { lead + Double(window) * layout.windowSeconds }

    private func span(_ finding: WatchFinding) -> Span {
        Span(
            role: .finding, name: finding.cause.fault.rawValue,
            place: layout.map.words(for: finding.cause.seat).name, start: seconds(finding.began),
            end: finding.ended.map { seconds($0 + 1) }, detail: finding.words(on: layout.map))
    }

    /// Each expectation with what was found of it, and what was found beside them; or that nothing was, as it should be.
    func verdicts(_ findings: [WatchFinding]) -> [Contract.Finding] {
        var left = findings
        var verdicts: [Contract.Finding] = []
        for expected in layout.spec.expect {
            let words = "\(expected.fault.rawValue) at \(expected.place)"
            let index = left.firstIndex {
                $0.cause.fault == expected.fault
                    && Self.plain(layout.map.words(for: $0.cause.seat).name) == Self.plain(expected.place)
            }
            if let index {
                let finding = left[index]
                verdicts.append(
                    Contract.Finding(
                        check: expected.fault.rawValue, expected: words, found: words,
                        detail: finding.words(on: layout.map), verdict: .passed,
                        place: layout.map.words(for: finding.cause.seat).name))
                // What is seen again later is no other finding.
                left.removeAll { $0.cause.fault == finding.cause.fault && $0.cause.seat == finding.cause.seat }
            } else {
                verdicts.append(
                    Contract.Finding(
                        check: "absent", expected: words, found: "nothing there", verdict: .failed))
            }
        }
        verdicts += left.map { finding in
            let (sort, name) = layout.map.words(for: finding.cause.seat)
            return Contract.Finding(
                check: finding.cause.fault.rawValue, expected: "nothing wrong",
                found: "\(finding.cause.fault.rawValue) at the \(sort) \(name)",
                detail: finding.words(on: layout.map), verdict: .failed, place: name)
        }
        guard verdicts.isEmpty else { return verdicts }
        return [
            Contract.Finding(check: "watch", expected: "nothing wrong", found: "nothing wrong", verdict: .passed)
        ]
    }

    /// The arrows of findings as people type them.
    private static func plain(_ place: String) -> String {
        place.map { $0 == "→" ? "->" : $0 == "–" ? "-" : $0 == " " ? "" : String($0) }.joined()
    }
}
