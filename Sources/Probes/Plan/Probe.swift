/// Everything that an agent can do.
///
/// As JSON: the fields of the payload beside `kind`, such as `{"kind":"echoServer","transport":"tcp",…}`.
public enum Probe: Sendable, Equatable {
    case echoServer(EchoServer)
    case latency(LatencyProbe)
    case iperf3Server(Iperf3Server)
    case iperf3(Iperf3Probe)
    case netperfServer(NetperfServer)
    case netperf(NetperfProbe)
    case cniOperations(CNIOperations)
    case serviceProxy(ServiceProxyProbe)

    /// Whether the probe answers others and runs until it is stopped.
    public var isServer: Bool {
        switch self {
        case .echoServer, .iperf3Server, .netperfServer: true
        case .latency, .iperf3, .netperf, .cniOperations, .serviceProxy: false
        }
    }

    /// Whether it is a program that is not ours; CNI plugins are many, short, and not to be measured with a tether.
    var hasTool: Bool {
        switch self {
        case .echoServer, .latency, .cniOperations, .serviceProxy: false
        case .iperf3Server, .iperf3, .netperfServer, .netperf: true
        }
    }

    /// The word that stands for the probe in a plan.
    public var kind: String { discriminator.rawValue }

    func validate() throws(PlanError) {
        switch self {
        case .echoServer(let server): try server.validate()
        case .latency(let probe): try probe.validate()
        case .iperf3Server, .netperfServer: break
        case .iperf3(let probe): try probe.validate()
        case .netperf(let probe): try probe.validate()
        case .cniOperations(let operations): try operations.validate()
        case .serviceProxy(let probe): try probe.validate()
        }
    }

    private enum Discriminator: String, Codable {
        case echoServer, latency, iperf3Server, iperf3, netperfServer, netperf, cniOperations, serviceProxy
    }

    private var discriminator: Discriminator {
        switch self {
        case .echoServer: .echoServer
        case .latency: .latency
        case .iperf3Server: .iperf3Server
        case .iperf3: .iperf3
        case .netperfServer: .netperfServer
        case .netperf: .netperf
        case .cniOperations: .cniOperations
        case .serviceProxy: .serviceProxy
        }
    }
}

extension Probe: Codable {
    private enum Key: String, CodingKey {
        case kind
    }

    /// Reads `kind`, then the fields that belong to it from the same object.
    public init(from decoder: any Decoder) throws {
        switch try decoder.container(keyedBy: Key.self).decode(Discriminator.self, forKey: .kind) {
        case .echoServer: self = .echoServer(try EchoServer(from: decoder))
        case .latency: self = .latency(try LatencyProbe(from: decoder))
        case .iperf3Server: self = .iperf3Server(try Iperf3Server(from: decoder))
        case .iperf3: self = .iperf3(try Iperf3Probe(from: decoder))
        case .netperfServer: self = .netperfServer(try NetperfServer(from: decoder))
        case .netperf: self = .netperf(try NetperfProbe(from: decoder))
        case .cniOperations: self = .cniOperations(try CNIOperations(from: decoder))
        case .serviceProxy: self = .serviceProxy(try ServiceProxyProbe(from: decoder))
        }
    }

    /// Writes `kind` and the fields that belong to it into one object.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(discriminator, forKey: .kind)
        switch self {
        case .echoServer(let server): try server.encode(to: encoder)
        case .latency(let probe): try probe.encode(to: encoder)
        case .iperf3Server(let server): try server.encode(to: encoder)
        case .iperf3(let probe): try probe.encode(to: encoder)
        case .netperfServer(let server): try server.encode(to: encoder)
        case .netperf(let probe): try probe.encode(to: encoder)
        case .cniOperations(let operations): try operations.encode(to: encoder)
        case .serviceProxy(let probe): try probe.encode(to: encoder)
        }
    }
}
