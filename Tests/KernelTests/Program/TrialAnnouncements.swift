/// What a run said about its trials on standard error.
struct TrialAnnouncements {
    /// The number of the last trial that was begun; 0 before the first.
    let begun: Int
    /// Trials whose end was announced: by the beginning of the next, or of the removal.
    let ended: Int

    init(_ standardError: String) {
        var begun = 0
        var isOver = false
        for line in standardError.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "trial", words.count > 1, let number = Int(words[1]) { begun = number }
            if line == "removing everything" { isOver = true }
        }
        self.begun = begun
        // An interrupted run removes everything while a trial is under way.
        let isInterrupted = standardError.contains("interrupted by")
        ended = isOver && !isInterrupted ? begun : max(0, begun - 1)
    }
}
