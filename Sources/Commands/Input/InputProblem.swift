/// Why something that was named on the command line cannot be read, in words for a sentence.
struct InputProblem: Error, Equatable {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
