import Results

/// A run as `runs list` and `runs show` print it.
struct RunEntry: Encodable {
    let id: String
    let kind: String
    let name: String
    let testbed: String
    let seed: UInt64
    let startedAt: String
    let endedAt: String?
    let outcome: String
    let toolVersion: String
    let labels: [String: String]
    let parent: RunParent?

    init(_ run: RunRecord) {
        id = run.id
        kind = run.kind
        name = run.name
        testbed = run.testbed
        seed = run.seed
        startedAt = run.startedAt.description
        endedAt = run.endedAt?.description
        outcome = run.outcome.rawValue
        toolVersion = run.toolVersion
        labels = run.labels
        parent = run.parent
    }

    /// Labels as they are given on the command line, sorted.
    var labelText: String {
        labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    }
}
