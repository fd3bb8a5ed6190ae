/// What can be measured.
enum Topic: String, CaseIterable, Sendable {
    case roundTrip = "round-trip"
    case connections
    case packets
    case namespaces
    case ipvs
    case store
    case report
    case proxies
    case shaping
    case detector
    case drills
    case netemDrills = "netem-drills"

    var needsRoot: Bool {
        switch self {
        case .roundTrip, .connections, .packets, .namespaces, .ipvs, .proxies, .shaping, .drills, .netemDrills: true
        case .store, .report, .detector: false
        }
    }

    /// Whether the program and the C loops are measured.
    var comparesLoops: Bool { self == .roundTrip || self == .connections || self == .packets }

    func run(_ options: Options) async throws {
        switch self {
        case .roundTrip: try await RoundTripTopic(options: options).run()
        case .connections: try await ConnectionsTopic(options: options).run()
        case .packets: try await PacketTopic(options: options).run()
        case .namespaces: try await NamespaceTopic(options: options).run()
        case .ipvs: try await IPVSTopic(options: options).run()
        case .store: try await StoreTopic(options: options).run()
        case .report: try await ReportTopic(options: options).run()
        case .proxies: try await ProxyTopic(options: options).run()
        case .shaping: try await ShapingTopic(options: options).run()
        case .detector: try await DetectorTopic(options: options).run()
        case .drills: try await DrillTopic(options: options, netem: false).run()
        case .netemDrills: try await DrillTopic(options: options, netem: true).run()
        }
    }
}
