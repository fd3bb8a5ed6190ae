/// What became of processes that outlived their runs, in words such as `process 4711 (iperf3) of run abc`.
public struct OrphanReport: Sendable, Equatable {
    /// Those that have ended.
    public var ended: [String]
    /// Those that have not, each with where to look.
    public var left: [String]

    /// A report.
    public init(ended: [String] = [], left: [String] = []) {
        self.ended = ended
        self.left = left
    }
}
