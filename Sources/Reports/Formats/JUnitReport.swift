import Contract
import Results
import Statistics

/// One test case a trial, in the XML form that continuous integration reads.
enum JUnitReport {
    static func document(_ models: [ReportModel]) -> String {
        let suites = models.map { model in suite(model) }
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n" + suites.joined() + "</testsuites>\n"
    }

    private static func suite(_ model: ReportModel) -> String {
        let run = model.run
        let outcomes = Dictionary(grouping: run.trials, by: \.outcome).mapValues(\.count)
        let unexpected = Dictionary(
            grouping: model.findings.filter { $0.finding.verdict == .failed }, by: \.trialID)
        let unfinished = unfinished(run)
        let failures = (outcomes[.failed] ?? 0) + (outcomes[.timedOut] ?? 0) + unexpected.count
        var text =
            "  <testsuite name=\"\(Escape.markup(run.name))\" tests=\"\(run.trials.count + (unfinished == nil ? 0 : 1))\" failures=\"\(failures)\" "
            + "errors=\"\((outcomes[.invalid] ?? 0) + (unfinished == nil ? 0 : 1))\" skipped=\"\(outcomes[.skipped] ?? 0)\" "
            + "time=\"\(time(run.trials.compactMap(\.seconds).reduce(0, +)))\" "
            + "timestamp=\"\(Escape.markup(run.startedAt))\">\n    <properties>\n"
        for (key, value) in [("run", run.id), ("kind", run.kind)] + run.environment.sorted(by: { $0.key < $1.key }) {
            text += "      <property name=\"\(Escape.markup(key))\" value=\"\(Escape.markup(value))\"/>\n"
        }
        text += "    </properties>\n"
        for trial in run.trials { text += testCase(trial, run: run, unexpected[trial.id] ?? []) }
        if let words = unfinished {
            text +=
                "    <testcase classname=\"\(Escape.markup(run.kind + "." + run.name))\" name=\"the run as a whole\">"
                + "<error message=\"\(Escape.markup(words))\"/></testcase>\n"
        }
        return text + "  </testsuite>\n"
    }

    /// Why the run says nothing of what it did not come to, or nil where it came to its end.
    private static func unfinished(_ run: RunData) -> String? {
        switch run.outcome {
        case .completed, .trialsFailed: nil
        case .interrupted: "the run was interrupted: what is not here was not tested"
        case .failed: "the run failed before its end: what is not here was not tested"
        case .running: "the run has not come to its end, or its process was killed: what is not here was not tested"
        }
    }

    private static func testCase(_ trial: RunTrial, run: RunData, _ unexpected: [PlacedFinding]) -> String {
        let name = Escape.markup("\(trial.variant), block \(trial.block)")
        let start =
            "    <testcase classname=\"\(Escape.markup(run.kind + "." + run.name))\" name=\"\(name)\""
            + (trial.seconds.map { " time=\"\(time($0))\"" } ?? "")
        let reason = Escape.markup(trial.reason ?? "no reason recorded")
        let body =
            switch trial.outcome {
            case .completed: failure(unexpected)
            case .failed: "<failure message=\"\(reason)\"/>"
            case .timedOut: "<failure type=\"timedOut\" message=\"\(reason)\"/>"
            case .invalid: "<error message=\"\(reason)\"/>"
            case .skipped: "<skipped message=\"\(reason)\"/>"
            }
        return body.isEmpty ? start + "/>\n" : start + ">" + body + "</testcase>\n"
    }

    /// What was found and should not have been; nothing where all is as expected.
    private static func failure(_ unexpected: [PlacedFinding]) -> String {
        guard !unexpected.isEmpty else { return "" }
        let words = unexpected.map(\.finding).map { finding in
            "expected \(finding.expected), found \(finding.found)"
                + (finding.detail.isEmpty ? "" : ": \(finding.detail)")
        }
        return "<failure type=\"expectation\" message=\"\(Escape.markup(words.joined(separator: "; ")))\"/>"
    }

    /// Seconds as the format has them.
    static func time(_ seconds: Double) -> String { NumberText.fixed(seconds, decimals: 3) }
}
