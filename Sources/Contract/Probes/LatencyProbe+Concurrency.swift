extension LatencyProbe {
    /// The most TCP connections of one probe.
    public static let mostConnections = 4_096

    /// The most requests under way on each connection: few enough that 7 bits of a sequence number tell them apart.
    public static let largestBurst = 64

    /// The most bytes of requests under way at once: what both ends' kernels may have to hold.
    public static let mostBytesUnderWay = 256 << 20

    /// Whether more than one request is under way at once.
    public var isConcurrent: Bool { (connections ?? 1) > 1 || (burst ?? 1) > 1 }

    func validateConcurrency() throws(PlanError) {
        let (connections, burst) = (connections ?? 1, burst ?? 1)
        guard 1...Self.mostConnections ~= connections else {
            throw PlanError(
                path: "probe.connections", reason: "expected 1 to \(Self.mostConnections), found \(connections)")
        }
        guard 1...Self.largestBurst ~= burst else {
            throw PlanError(path: "probe.burst", reason: "expected 1 to \(Self.largestBurst), found \(burst)")
        }
        guard isConcurrent else { return }
        guard transport == .tcp, pattern != .openLoop else {
            throw PlanError(
                path: "probe.connections",
                reason:
                    "several requests at once need tcp and no open loop, found \(transport.rawValue), \(pattern.rawValue)"
            )
        }
        guard burst == 1 || pattern == .requestResponse else {
            throw PlanError(
                path: "probe.burst", reason: "\(pattern.rawValue) has one request on each connection, found \(burst)")
        }
        guard connections * burst * messageSize <= Self.mostBytesUnderWay else {
            throw PlanError(
                path: "probe.connections",
                reason: "\(connections * burst * messageSize) bytes would be under way, and at most "
                    + "\(Self.mostBytesUnderWay) may; use fewer connections, a smaller burst or smaller messages")
        }
    }
}
