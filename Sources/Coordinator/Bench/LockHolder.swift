import LinuxHost

/// What the file of the lock says: words for people, and which process wrote them.
///
/// The file keeps the words of the last holder; they are about now only when that process is alive.
struct LockHolder: Sendable, Equatable {
    /// Such as `run 01J…, process 4711`.
    let words: String
    /// The process that wrote them; nil in files of other programs and older versions.
    let owner: OwnerProcess?

    /// A holder of the lock.
    init(words: String, owner: OwnerProcess?) {
        self.words = words
        self.owner = owner
    }

    /// The words of a run of this process.
    init(run: String) {
        let owner = OwnerProcess.current
        self.init(words: "\(Self.beginning)\(run), process \(owner.pid)", owner: owner)
    }

    private static let beginning = "run "

    /// The run that the words are about.
    var run: String? {
        guard words.hasPrefix(Self.beginning), let end = words.firstIndex(of: ",") else { return nil }
        return String(words[..<end].dropFirst(Self.beginning.count))
    }

    /// What is written into the file: the words, and the owner on a line of its own.
    var text: String { words + "\n" + (owner.map { $0.text + "\n" } ?? "") }

    /// Reads a file's text.
    init(text: String) {
        let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        self.init(
            words: lines.first.map(String.init) ?? "",
            owner: lines.count > 1 ? OwnerProcess(text: lines[1]) : nil
        )
    }
}
