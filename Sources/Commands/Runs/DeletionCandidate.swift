import Quantities
import Results

/// A run that is to be deleted, and what it was called by.
struct DeletionCandidate {
    let selector: String
    let run: RunRecord
    private let trials: Int?

    init(selector: String, run: RunRecord, in store: Store) {
        self.selector = selector
        self.run = run
        trials = try? store.trials(runID: run.id).count
    }

    /// Whether the words on the command line mean this run and will never mean another one.
    var isNamedByItsID: Bool {
        [selector, selector.uppercased()].contains { run.id.utf8.starts(with: $0.utf8) }
    }

    /// Which run it is, for people.
    var words: String {
        let count = trials.map { ", \($0) \($0 == 1 ? "trial" : "trials")" } ?? ""
        return VisibleText.line("\(run.id) (\(run.kind) \(run.name), \(run.startedAt)\(count))")
    }
}
