import Contract

/// What was left after DEL is a failure with its list.
enum LeakReport {
    /// Things that a sentence names; the whole list is kept beside it.
    private static let named = 5

    static func requireNone(_ left: [String]) throws(ProbeFailure) {
        guard !left.isEmpty else { return }
        let some = left.prefix(named).joined(separator: ", ")
        let more = left.count > named ? ", and \(left.count - named) more" : ""
        throw ProbeFailure(
            .leaked,
            "after DEL of every pod that was added, the node has \(left.count) things more than before: \(some)\(more)",
            words: left.joined(separator: "\n")
        )
    }
}
