import Contract
import FoundationEssentials
import Results
import Watches

/// One watch of a lab with what its agents counted, as the store has it, and the faults that were made meanwhile.
struct DrillRecording: Sendable, Codable {
    let plan: WatchPlan
    let windows: [AgentWindow]
    let injections: [DrillInjection]
    /// How many findings the run itself stored.
    let stored: Int

    /// Reads the latest run of a database.
    static func latest(in path: String, _ injections: [DrillInjection]) throws -> DrillRecording {
        let store = try Store.open(at: path, mode: .readOnly)
        defer { try? store.close() }
        let run = try store.run("latest")
        guard let trial = try store.trials(runID: run.id).first, trial.outcome == .completed else {
            throw BenchmarkError(
                "the watch \(run.id) has no completed trial: \(try store.trials(runID: run.id).first?.reason ?? "none")"
            )
        }
        func text(_ name: String) throws -> String {
            guard let artifact = try store.artifacts(runID: run.id, named: name).first else {
                throw BenchmarkError("the watch \(run.id) stored no \(name)")
            }
            return artifact.data
        }
        let recording = DrillRecording(
            plan: try WatchPlan(json: text(WatchPlan.artifact)),
            windows: try text("watch-windows.jsonl").split(separator: "\n").map { try AgentWindow(json: String($0)) },
            injections: injections,
            stored: try WatchStatus(json: text(WatchStatus.artifact)).events.count { $0.type == "Warning" })
        guard let last = injections.last, let end = recording.windows.map(\.index).max(),
            recording.position(of: last.gone) < Double(end + 1)
        else {
            throw BenchmarkError("the watch \(run.id) was over before the last fault; try on a machine with less to do")
        }
        return recording
    }

    /// What is found in it, and how many windows there are.
    func findings() throws -> [WatchFinding] {
        var watch = Watch(plan.map, rules: plan.rules)
        let byIndex = Dictionary(grouping: windows, by: \.index)
        for index in 0...(byIndex.keys.max() ?? 0) { watch.take(byIndex[index] ?? [], index: index) }
        return watch.findings
    }

    /// The moment in windows since the watch began.
    func position(of nanoseconds: UInt64) -> Double {
        (Double(nanoseconds) - Double(plan.startNanoseconds)) / Double(plan.windowNanoseconds)
    }

    /// Adds what became of each injection to the score that is kept under its title; what was found before the first is returned.
    func score(_ scores: inout [String: FaultScore]) throws -> [WatchFinding] {
        let found = try findings()
        let starts = injections.map { position(of: $0.began).rounded(.down) } + [.infinity]
        for (number, injection) in injections.enumerated() {
            let own = found.filter { (starts[number]..<starts[number + 1]).contains(Double($0.opened)) }
            scores[injection.titles.joined(separator: " + "), default: FaultScore()].take(
                injection.causes, found: own, since: position(of: injection.there), on: plan.map,
                besides: injection.consequences)
        }
        return found.filter { Double($0.opened) < starts[0] }
    }

    /// Says of each injection what was found, where that is not what was made and nothing else.
    func explain(_ say: (String) -> Void) throws {
        let found = try findings()
        let starts = injections.map { position(of: $0.began).rounded(.down) } + [.infinity]
        for (number, injection) in injections.enumerated() {
            let own = found.filter { (starts[number]..<starts[number + 1]).contains(Double($0.opened)) }
            var score = FaultScore()
            score.take(injection.causes, found: own, since: 0, on: plan.map, besides: injection.consequences)
            guard score.exact == 0 else { continue }
            let wanted = injection.causes.map { "\($0.fault.rawValue) at \(plan.map.words(for: $0.seat).name)" }
            say(
                "\(injection.titles.joined(separator: " + ")) (\(wanted.joined(separator: ", "))) from window \(starts[number]):"
            )
            for finding in own {
                let words = plan.map.words(for: finding.cause.seat)
                say(
                    "    \(finding.cause.fault.rawValue) at \(words.sort) \(words.name), \(finding.began) to "
                        + "\(finding.ended.map(String.init) ?? "the end"): \(finding.words(on: plan.map))")
            }
        }
    }
}
