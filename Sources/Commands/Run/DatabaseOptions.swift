import ArgumentParser
import Contract
import Glibc
import Results

/// Where results are.
struct DatabaseOptions: ParsableArguments {
    @Option(name: .customLong("database"), help: "The SQLite file with the results.", completion: .file())
    var path = "results/netmachinery.sqlite"

    /// Whether there is one.
    var exists: Bool { access(path, F_OK) == 0 }

    /// One that is opened, and made where there is none, when something is to be stored.
    var onDemand: StoreOnDemand { StoreOnDemand(path: path) }

    /// Opens it, making it where there is none.
    func open() throws(CommandFailure) -> Store {
        try open(.readWrite)
    }

    /// Opens one that exists, for reading.
    func openExisting() throws(CommandFailure) -> Store {
        try open(.readOnly)
    }

    private func open(_ mode: Store.Mode) throws(CommandFailure) -> Store {
        do throws(StoreError) {
            return try Store.open(at: path, mode: mode)
        } catch {
            throw CommandFailure(.environmentLacks, "\(error)")
        }
    }
}
