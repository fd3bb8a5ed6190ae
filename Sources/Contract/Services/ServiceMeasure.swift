/// One thing that a trial of a service proxy measures; the order of the cases is the order in a trial.
public enum ServiceMeasure: String, Codable, Sendable, Hashable, CaseIterable, CustomStringConvertible {
    /// Bringing all services into an empty kernel; they are always brought in, and this reports what it cost.
    case program
    /// One more service.
    case addOne = "add-one"
    /// One service less.
    case deleteOne = "delete-one"
    /// Other endpoints for one service.
    case changeEndpoint = "change-endpoint"
    /// All services once more, over what is there.
    case restart
    /// New connections and first datagrams, at each position.
    case firstPacket = "first-packet"
    /// Round trips on a connection that is there.
    case established
    /// Connections with one request each, per second.
    case connectionRate = "connection-rate"
    /// Rules that a new connection is compared with, at each position.
    case rules
    /// Reading everything back from the kernel.
    case readBack = "read-back"
    /// Taking everything out again; without this it goes with the namespace.
    case remove
    /// Endpoints that change while a client keeps connecting.
    case churn

    /// The word in resources and plans.
    public var description: String { rawValue }

    /// Whether it measures the proxy itself, and so has no meaning in the mode `none`.
    public var needsProxy: Bool {
        switch self {
        case .firstPacket, .established, .connectionRate: false
        case .program, .addOne, .deleteOne, .changeEndpoint, .restart, .rules, .readBack, .remove, .churn: true
        }
    }
}
