/// Words that a shell takes as they are; the guest's init is the one place where a shell reads something of ours.
enum ShellWord {
    /// The word in single quotes, between which nothing has a meaning but the closing quote.
    static func quoted(_ word: String) -> String {
        "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
