/// What a kernel says of one place of its own in one window: causes that no peer can see.
///
/// Numbers that the kernel counts up are how much they rose within the window.
public struct NodeReading: Sendable, Equatable, Codable {
    /// Entries of the connection tracker; nil where there is none.
    public var trackedConnections: Int?
    /// How many it has room for.
    public var trackedLimit: Int?
    /// Packets that links dropped or found broken, of both directions, by the link's name; without those of no loss.
    public var linkDrops: [String: Int]
    /// Connections that a full queue of a listener refused (`ListenOverflows`).
    public var listenOverflows: Int
    /// Packets that processors dropped because their backlog was full (softnet_stat, second column).
    public var backlogDrops: Int
    /// Times that processors ran out of time for packets (softnet_stat, third column).
    public var squeezes: Int
    /// The MTU of each link that is up, by its name.
    public var mtus: [String: Int]
    /// Addresses of peers to which the kernel has no route.
    public var missingRoutes: [String]

    /// A reading.
    public init(
        trackedConnections: Int? = nil, trackedLimit: Int? = nil, linkDrops: [String: Int] = [:],
        listenOverflows: Int = 0, backlogDrops: Int = 0, squeezes: Int = 0, mtus: [String: Int] = [:],
        missingRoutes: [String] = []
    ) {
        self.trackedConnections = trackedConnections
        self.trackedLimit = trackedLimit
        self.linkDrops = linkDrops
        self.listenOverflows = listenOverflows
        self.backlogDrops = backlogDrops
        self.squeezes = squeezes
        self.mtus = mtus
        self.missingRoutes = missingRoutes
    }
}
