import LinuxHost

/// The CPU time of a server's thread from its first measured request on.
///
/// The client marks what it measures, so warm-up is left out. A thread that waits for the next request uses no CPU
/// time, so what is counted until the service ends is the service itself and one wake-up.
struct CPUMeter {
    private var start: Double?

    /// Looks at a request's first byte.
    @inline(__always)
    mutating func see(_ firstByte: UInt8) {
        if start == nil, MessageBuffer.isMeasured(firstByte) { start = ThreadCPU.seconds() }
    }

    /// Seconds since the first measured request; 0 when there was none.
    var seconds: Double {
        guard let start else { return 0 }
        return ThreadCPU.seconds() - start
    }
}
