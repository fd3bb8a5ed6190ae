import Contract
import Results
import Statistics

/// The warnings that stand above the verdicts.
enum ReportNotes {
    static func make(
        run: RunData, layout: FactorLayout, cells: [Cell], comparisons: [LevelComparison],
        capacities: [Capacity]
    ) -> [String] {
        var notes = conduct(of: run)
        let failed = run.trials.count { $0.outcome != .completed }
        if failed > 0 {
            notes.append(
                "\(failed) of \(Wording.count(run.trials.count, "trial")) did not complete. They are left out of the "
                    + "numbers and listed under Failures."
            )
        }
        // What was measured in steps is theirs.
        for facet in layout.facets where run.steps.isEmpty && !cells.contains(where: { $0.facet == facet }) {
            notes.append(
                "Nothing was measured for \(facet.label.isEmpty ? "this run" : facet.label): no trial completed.")
        }
        if let note = powerNote(comparisons, hasSizes: layout.scale != nil) { notes.append(note) }
        let results = comparisons.filter { $0.isAgainstBaseline || layout.baseline == nil }.flatMap { comparison in
            comparison.rows.map { row in
                (
                    [row.metric.name, row.facet.label, row.panel, VerdictTables.name(comparison)]
                        .filter { !$0.isEmpty }.joined(separator: " · "), row.result
                )
            }
        }
        if let note = shapeNote(results) { notes.append(note) }
        notes += warnings(run)
        if let note = scaleNote(run.design) { notes.append(note) }
        for threshold in run.design.thresholds ?? []
        where !capacities.contains(where: { $0.metric.name == threshold.metric }) {
            notes.append(
                "The design has a limit for \(threshold.metric), but no curve of it was measured: its capacity is missing."
            )
        }
        notes += run.trials.compactMap(\.timelineProblem).prefix(1)
        if let note = conformanceNote(run) { notes.append(note) }
        return notes
    }

    /// What the run itself tells against its numbers: that it did not end, or that the machine was not quiet.
    static func conduct(of run: RunData) -> [String] {
        var notes: [String] = []
        if run.endedAt == nil || run.outcome == .running || run.outcome == .interrupted {
            notes.append(
                "The run did not end by itself (\(Wording.text(run.outcome))): it holds "
                    + "\(Wording.count(run.trials.count, "trial")), and some variants may be missing."
            )
        }
        let unsettled = Set(run.events.filter { $0.name == "not settled" }.compactMap(\.trialID)).count
        if unsettled > 0 {
            notes.append(
                "\(unsettled) of \(Wording.count(run.trials.count, "trial")) started before the machine was quiet: its "
                    + "other work is in those numbers."
            )
        }
        if let note = sharedProcessorNote(run) { notes.append(note) }
        return notes
    }

    /// Says that client and server shared a processor, where the resource wants one for each and there was only one.
    private static func sharedProcessorNote(_ run: RunData) -> String? {
        guard run.environment["cpu.allowed_count"] == "1", case .object(let spec) = ResourceGuard.spec(of: run) else {
            return nil
        }
        let lists = spec.sorted { $0.key < $1.key }.map(\.value)
        let names = lists.flatMap(\.elements).compactMap { element -> String? in
            guard case .object(let members) = element, members["processors"] == .scalar("distinct"),
                case .scalar(let name) = members["name"]
            else { return nil }
            return name
        }
        guard !names.isEmpty else { return nil }
        return
            "Client and server of \(names.joined(separator: ", ")) were to have distinct processors, and shared one: the "
            + "process may use processor \(run.environment["cpu.allowed"] ?? "0") alone."
    }

    /// Says when no difference whatever could be significant, because repetitions are few and questions are many.
    private static func powerNote(_ comparisons: [LevelComparison], hasSizes: Bool) -> String? {
        for comparison in comparisons {
            let families = Dictionary(grouping: comparison.rows) { HolmFamily.name(of: $0.metric, hasSizes: hasSizes) }
            for (name, rows) in families.sorted(by: { $0.key < $1.key }) {
                let least = rows.map { MannWhitney.smallestPValue($0.result.base.n, $0.result.candidate.n) }
                guard let best = least.min(), best * Double(rows.count) > 1 - Cell.confidence else { continue }
                return "Too few repetitions for \(Wording.count(rows.count, "question")) "
                    + (name.isEmpty ? "per comparison" : "per comparison about \(name)")
                    + ": after the Holm correction no difference can be significant. "
                    + "Raise spec.repetitions.minimum, or ask fewer questions."
            }
        }
        return nil
    }

    /// Says where a median is not the whole story, because values fall into two groups.
    static func shapeNote(_ results: [(name: String, result: Comparison)]) -> String? {
        let grouped = results.filter { $0.result.caveats.contains(.twoGroups) }
        guard let first = grouped.first else { return nil }
        return
            "In \(grouped.count) of \(Wording.count(results.count, "comparison")) values fall into two groups, of which "
            + "a median shows one. First \(first.name): \(first.result.reason)."
    }

    /// Says where a metric was above 0 that warns of the others, such as where the load generator was the limit.
    private static func warnings(_ run: RunData) -> [String] {
        MetricWarning.all.flatMap { warning in
            run.metrics.filter { $0.id == warning.id }.compactMap { metric in
                let count = run.trials.count { ($0.value(of: metric.name) ?? 0) > 0 }
                guard count > 0 else { return nil }
                return "In \(count) of \(Wording.count(run.trials.count, "trial")) \(warning.what) (\(metric.name)): "
                    + "\(warning.consequence)."
            }
        }
    }

    /// Says why a factor that the design scales over gives no curves.
    private static func scaleNote(_ design: Design) -> String? {
        guard design.scaleFactor != nil else { return nil }
        do throws(FactorScale.Problem) {
            _ = try FactorScale(design)
            return nil
        } catch {
            return error.description
        }
    }

    /// Says which findings are missing from the conformance table.
    private static func conformanceNote(_ run: RunData) -> String? {
        let unread = run.events.count {
            $0.name == ConformanceFinding.name && ConformanceFinding($0) == nil
        }
        guard unread > 0 else { return nil }
        return "\(Wording.count(unread, "event")) named \(ConformanceFinding.name) cannot be read: the detail is "
            + "not JSON with network, check and verdict. The conformance table lacks them; see Events."
    }
}
