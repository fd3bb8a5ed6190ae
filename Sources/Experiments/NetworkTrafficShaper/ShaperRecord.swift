import Contract

/// What was seen of one link, and what that says; pure.
struct ShaperRecord: Sendable {
    let placed: PlacedCondition
    let effect: ExpectedEffect
    /// Whether somebody could send packets that it changes.
    let isSeen: Bool
    var before: PathReading?
    var during: PathReading?
    var after: PathReading?
    var began = 0.0
    var ended = 0.0
    /// What is not as it was asked for; nil when all is, or nothing was seen.
    var problem: String?
    private var samples: [Sample] = []
    private var remarks: [String] = []

    init(placed: PlacedCondition, effect: ExpectedEffect, isSeen: Bool) {
        self.placed = placed
        self.effect = effect
        self.isSeen = isSeen
    }

    /// What the agent itself said: what it counted is held against what was asked for, too.
    mutating func take(_ report: ProbeReport) {
        samples += report.samples
        remarks += report.remarks
        problem = problem ?? EffectProof.losses(counted: report.samples, effect)
    }

    func measurement() -> Result<Measurement, TrialFailure> {
        let finding = finding
        let detail: String
        do {
            detail = try finding.json()
        } catch {
            return .failure(TrialFailure(.failed, "the finding could not be written as JSON: \(error)"))
        }
        let readings: [(ConditionMetrics.Moment, PathReading?)] = [
            (.before, before), (.during, during), (.after, after),
        ]
        var measurement = Measurement(
            samples: samples + readings.flatMap { $1?.samples($0, effect) ?? [] },
            histograms: readings.reduce(into: [:]) { $0[ConditionMetrics.roundTrip($1.0).name] = $1.1?.histogram },
            remarks: remarks,
            events: [Measurement.Event(name: Finding.name, detail: detail)])
        measurement.spans = [
            Span(
                role: .condition, name: placed.condition.words, place: "\(placed.place)", start: began,
                end: max(began, ended), detail: words)
        ]
        return .success(measurement)
    }

    /// Whether it did what was asked of it, and afterwards nothing any more.
    var finding: Finding {
        let found: (word: String, verdict: Finding.Verdict, detail: String)
        if let problem {
            found = ("NotEffective", .failed, problem)
        } else if !effect.isMeasurable {
            found = (
                "NotMeasured", .shown, "nothing can be told of it from packets between two places; the kernel has it"
            )
        } else if placed.peer == nil {
            found = ("NotMeasured", .shown, "nobody whose packets it changes can send any; the kernel has it")
        } else if !isSeen {
            found = ("NotMeasured", .shown, "no server could be started to measure it with; the kernel has it")
        } else if during == nil {
            found = ("NotEffective", .failed, "no packet came back before it was applied, so that nothing can be told")
        } else if let during, EffectProof.isTooSlow(during, effect) {
            found = (
                "NotMeasured", .shown,
                "this machine sends no faster than that itself (or nothing can be sent so slowly within seconds): \(words)"
            )
        } else {
            found = ("Injected", .passed, words)
        }
        return Finding(
            check: placed.condition.words, expected: "Injected", found: found.word, detail: found.detail,
            verdict: found.verdict)
    }

    /// The numbers in a sentence: what it was before, while it held, and after.
    private var words: String {
        let names: [(String, (PathReading) -> Double?, Double, String)] = [
            ("round trip", { $0.roundTrip }, 1_000, "ms"),
            (
                "without a whole answer", { effect.spoiled == nil && !effect.isSilence ? nil : share($0, $0.spoiled) },
                100, "%"
            ),
            ("more than once", { effect.duplicated == nil ? nil : share($0, $0.duplicated) }, 100, "%"),
            ("overtaking", { effect.overtaking == nil ? nil : share($0, $0.overtaking) }, 100, "%"),
            ("rate", { effect.rate == nil ? nil : $0.rate }, 1e-6, "Mbit/s"),
        ]
        let readings = [before, during, after]
        return names.compactMap { name, value, factor, unit -> String? in
            let values = readings.map { reading in
                reading.flatMap(value).map { ($0 * factor * 1_000).rounded() / 1_000 }
            }
            guard values.contains(where: { $0 != nil }) else { return nil }
            return "\(name) \(values.map { $0.map { "\($0)" } ?? "–" }.joined(separator: " → ")) \(unit)"
        }.joined(separator: ", ") + (during.map { " (n = \($0.sent))" } ?? "")
    }

    private func share(_ reading: PathReading, _ count: Int) -> Double? {
        reading.sent > 0 ? Double(count) / Double(reading.sent) : nil
    }
}
