import Contract

/// An end that is not the good one: an exit status, and words for a person.
struct CommandFailure: Error, Sendable, Equatable {
    let status: ProgramExit
    let message: String

    init(_ status: ProgramExit, _ message: String = "") {
        self.status = status
        self.message = message
    }
}
