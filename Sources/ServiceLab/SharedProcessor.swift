import LinuxHost

/// The processor that the two ends of a connection share.
public enum SharedProcessor {
    /// The second one where there are two: loading programs then have the first.
    private static let index = 1

    /// Keeps the calling thread there; a kernel that does not allow it leaves the choice to the scheduler, and round
    /// trips vary more.
    public static func stay() {
        try? ProcessorAffinity.keepThread(on: index)
    }
}
