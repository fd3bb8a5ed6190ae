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
}
