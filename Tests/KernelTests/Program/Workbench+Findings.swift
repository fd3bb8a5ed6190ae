import Contract
import Results
import TestSupport
import Testing

extension Workbench {
    /// What was found in the trials of the last run, by the levels of a factor; every trial has to have been completed.
    func findings(by factor: String) throws -> [String: Finding] {
        let (store, run) = (try store(), try lastRun())
        let trials = try store.trials(runID: run.id)
        #expect(trials.allSatisfy { $0.outcome == .completed }, "\(trials.compactMap(\.reason))")
        let levels = Dictionary(uniqueKeysWithValues: trials.map { ($0.id, $0.factors[factor] ?? "") })
        var found: [String: Finding] = [:]
        for event in try store.events(runID: run.id) where event.name == Finding.name {
            let trial = try #require(event.trialID)
            found[try #require(levels[trial])] = try Finding(json: event.detail)
        }
        return found
    }
}
