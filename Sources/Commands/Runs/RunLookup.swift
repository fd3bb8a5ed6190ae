import Contract
import Reports
import Results

/// Finds runs by what a person calls them; a run that is not there is a bad argument, not a broken store.
enum RunLookup {
    static func find(_ selector: String, in store: Store) throws(CommandFailure) -> RunRecord {
        do throws(StoreError) {
            return try store.run(selector)
        } catch {
            throw CommandFailure(error.isAboutTheArgument ? .badArguments : .environmentLacks, "\(error)")
        }
    }

    static func load(_ selector: String, from store: Store) throws(CommandFailure) -> RunData {
        let run = try find(selector, in: store)
        do throws(ReportError) {
            return try RunData.load(store, runID: run.id)
        } catch {
            throw CommandFailure(.environmentLacks, "\(error)")
        }
    }
}

extension StoreError {
    /// Whether another argument would help.
    fileprivate var isAboutTheArgument: Bool { code == .notFound || code == .ambiguous }
}
