import Processes
import Results
import TestSupport
import Testing

extension Workbench {
    /// The bench's results, for reading.
    func store() throws -> Store {
        try Store.open(at: database, mode: .readOnly)
    }

    /// The run that was begun last.
    func lastRun() throws -> RunRecord {
        try store().run("latest")
    }

    /// The samples of a trial, one for each metric.
    func samples(of trial: TrialRecord) throws -> [String: SampleRecord] {
        let samples = try store().samples(runID: trial.runID).filter { $0.trialID == trial.id }
        return Dictionary(samples.map { ($0.metric, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
