/// What it cost to bring something into the kernel, or to read it back.
public struct Programming: Sendable, Equatable {
    /// Wall time of working out what has to be done, in nanoseconds.
    public var plannerNanoseconds: UInt64 = 0
    /// Wall time from the start of loading until the kernel (or the tool) said that it is done, in nanoseconds.
    public var wallNanoseconds: UInt64 = 0
    /// User time of the loading programs, or of the thread that speaks netlink, in seconds.
    public var userSeconds: Double = 0
    /// System time of the same, in seconds.
    public var systemSeconds: Double = 0
    /// Wall time until the lock of iptables was free, in nanoseconds; 0 for modes without a lock.
    public var lockWaitNanoseconds: UInt64 = 0
    /// The largest resident size of a loading program (`VmHWM`), in bytes; 0 where none was started.
    public var peakMemoryBytes: UInt64 = 0
    /// Bytes that were given to programs or sent by netlink.
    public var inputBytes: Int = 0
    /// Programs that were started.
    public var processes: Int = 0

    /// Nothing was done.
    public init() {}

    /// Both one after the other: times and sizes add up, the peak is the larger one.
    public static func + (left: Programming, right: Programming) -> Programming {
        var sum = left
        sum.plannerNanoseconds += right.plannerNanoseconds
        sum.wallNanoseconds += right.wallNanoseconds
        sum.userSeconds += right.userSeconds
        sum.systemSeconds += right.systemSeconds
        sum.lockWaitNanoseconds += right.lockWaitNanoseconds
        sum.peakMemoryBytes = max(left.peakMemoryBytes, right.peakMemoryBytes)
        sum.inputBytes += right.inputBytes
        sum.processes += right.processes
        return sum
    }
}
