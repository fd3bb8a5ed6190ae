import Contract

extension Timeline {
    /// What pictures of it are called: the artifact's name without its ending.
    static var name: String { String(artifact.prefix { $0 != "." }) }
    /// All connects that were begun.
    var connects: Int { bins.reduce(0) { $0 + $1.connects } }
    /// All connects that failed.
    var failed: Int { bins.reduce(0) { $0 + $1.failed } }
    /// All packets that went to endpoints that were gone.
    var deadPackets: Int { bins.reduce(0) { $0 + ($1.deadPackets ?? 0) } }
}
