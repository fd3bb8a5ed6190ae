import Results

/// A run that was interrupted or killed, and goes on.
struct Resumption: Sendable {
    let trials: EarlierTrials
    private let store: Store
    private let environment: [String: String]
    private let difference: @Sendable (_ earlier: [String: String], _ now: [String: String]) -> String?

    /// Reads what the store has of the run; `difference` says in words what forbids going on in another environment.
    init(
        of runID: String,
        in source: any StoreSource,
        difference: @escaping @Sendable (_ earlier: [String: String], _ now: [String: String]) -> String?
    ) throws(RunError) {
        do throws(StoreError) {
            store = try source.store()
            trials = try EarlierTrials(of: runID, in: store)
            environment = try store.environment(runID: runID)
        } catch {
            throw .storeFailed("\(error)")
        }
        self.difference = difference
    }

    /// Makes the run one that is going on again, where what matters is as it was.
    func reopen(_ runID: String, _ facts: [String: String]) throws(RunError) {
        if let words = difference(environment, facts) { throw .cannotResume(words) }
        do throws(StoreError) {
            try store.finish(runID: runID, outcome: .running)
            try store.event(
                EventRecord(runID: runID, name: "resumed", detail: "with \(trials.count) trials of before"))
        } catch {
            throw .storeFailed("\(error)")
        }
    }
}
