import Contract

extension ProgramExit {
    /// How a command ends whose runs ended so: an interruption first, since it is why the rest was not run, then the
    /// first that was not good.
    static func ofRuns(_ statuses: [ProgramExit]) -> ProgramExit {
        statuses.contains(.interrupted) ? .interrupted : statuses.first { $0 != .done } ?? .done
    }
}
