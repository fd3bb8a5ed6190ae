/// What the processors of a testbed have done since they started, all machines together, in seconds.
///
/// Two readings say what a machine was busy with in between: whether it is quiet enough for a trial, and what it did
/// during one.
public struct MachineReading: Sendable, Equatable {
    /// Work of any kind, the kernel's included.
    public var busy: Double
    /// Nothing to do.
    public var idle: Double
    /// Taken by a hypervisor for others.
    public var stolen: Double

    /// A reading, in seconds.
    public init(busy: Double, idle: Double, stolen: Double) {
        self.busy = busy
        self.idle = idle
        self.stolen = stolen
    }

    /// The busy share of the time since an earlier reading, 0 to 1; stolen time counts as time, but not as busy.
    public func busyShare(since earlier: MachineReading) -> Double {
        share(of: busy - earlier.busy, since: earlier)
    }

    /// The stolen share of the time since an earlier reading, 0 to 1.
    public func stolenShare(since earlier: MachineReading) -> Double {
        share(of: stolen - earlier.stolen, since: earlier)
    }

    private func share(of part: Double, since earlier: MachineReading) -> Double {
        let total = (busy + idle + stolen) - (earlier.busy + earlier.idle + earlier.stolen)
        // Idle and stolen time may step back by a tick between two readings (proc(5)).
        return total > 0 ? min(max(part / total, 0), 1) : 0
    }
}
