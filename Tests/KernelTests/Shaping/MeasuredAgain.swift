import Testing

/// Measurements that a busy machine disturbs, and nothing makes better than they are: they are made up to five times.
enum MeasuredAgain {
    /// How often at most.
    static let attempts = 5

    /// Whether a measurement was right, or the last one; which is an issue when it was wrong.
    static func ends(_ attempt: Int, _ isRight: Bool, _ measured: String) -> Bool {
        if !isRight, attempt == attempts { Issue.record("measured \(measured), and was wrong before, too") }
        return isRight || attempt == attempts
    }
}
