import Contract
public import LinuxHost

/// Ends what a run started and left running when it died: agents and tools, also those in namespaces without a name.
public enum OrphanRemoval {
    /// What came of it.
    public struct Outcome: Sendable, Equatable {
        /// Processes that are gone.
        public let ended: [MarkedProcess]
        /// Processes that are still there.
        public let left: [MarkedProcess]
    }

    /// Ends every process with the mark of a run whose own process is gone; those of runs that go on are left alone.
    public static func run() -> Outcome {
        var ended: [MarkedProcess] = []
        var left: [MarkedProcess] = []
        // What is being ended may start something more.
        for _ in 1...5 {
            let orphans = MarkedProcess.orphans()
            if orphans.isEmpty { break }
            let survivors = Set(ProcessEnd.end(orphans.map(\.pid), deadline: GracePeriods.removal))
            ended += orphans.filter { !survivors.contains($0.pid) }
            left = orphans.filter { survivors.contains($0.pid) }
            if !left.isEmpty { break }
        }
        return Outcome(ended: ended, left: left)
    }
}
