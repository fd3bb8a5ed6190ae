import ArgumentParser
import Contract
import Glibc
import Results

/// `netmachinery runs delete`: removes runs with everything measured in them.
struct RunsDeleteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete",
        abstract: "Delete runs with all their trials, samples and histograms.",
        discussion: """
            An id, or the beginning of one, names the same run tomorrow. What a label or "latest" names changes from \
            run to run: it is shown and asked for, or deleted with --yes. The space is given back to the file system.
            """
    )

    @Argument(help: "The runs: ids, beginnings of ids, labels k=v (the latest run), or latest.")
    var runs: [String]

    @Flag(help: "Delete what a label or latest names without asking.")
    var yes = false

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let store = try database.open()
        var candidates: [DeletionCandidate] = []
        // All are found before the first is deleted: a wrong name must not leave half of the work done.
        for run in runs {
            let candidate = DeletionCandidate(
                selector: run, run: try RunLookup.find(run, in: store), in: store)
            if !candidates.contains(where: { $0.run.id == candidate.run.id }) { candidates.append(candidate) }
        }
        try confirm(candidates.filter { !$0.isNamedByItsID })
        let before = store.fileSize
        for candidate in candidates {
            do throws(StoreError) {
                try store.deleteRun(candidate.run.id)
            } catch {
                throw CommandFailure(.environmentLacks, "\(error)")
            }
            StandardError.print("deleted \(candidate.words)")
            try StandardOutput.print(candidate.run.id)
        }
        giveBackSpace(of: store, before: before)
    }

    private func confirm(_ candidates: [DeletionCandidate]) throws(CommandFailure) {
        guard !candidates.isEmpty, !yes else { return }
        let list = candidates.map { "  \($0.selector): \($0.words)" }.joined(separator: "\n")
        guard isatty(STDIN_FILENO) == 1, StandardError.isTerminal else {
            throw CommandFailure(
                .badArguments,
                "nothing was deleted; name runs by their ids, or delete what these name with --yes:\n\(list)"
            )
        }
        StandardError.print("\(list)\nDelete this for good? [y/N] ", terminator: "")
        guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
            throw CommandFailure(.badArguments, "nothing was deleted")
        }
    }

    /// Rewrites the file without what was deleted; where that cannot be, the runs are gone all the same.
    private func giveBackSpace(of store: Store, before: Int64) {
        do throws(StoreError) {
            try store.compact()
            StandardError.print(
                "\(store.path): \(ByteText.words(before)) before, \(ByteText.words(store.fileSize)) now")
        } catch {
            StandardError.print(
                "\(store.path) keeps its size of \(ByteText.words(store.fileSize)), and new runs use the room: \(error)"
            )
        }
    }
}
