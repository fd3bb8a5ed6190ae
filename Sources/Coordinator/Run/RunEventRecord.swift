/// Something about a run that is kept with it.
struct RunEventRecord: Sendable, Equatable {
    /// What happened, in one or two words.
    let name: String
    /// More about it, for people.
    let detail: String
}
