import Contract
import Resources

/// What a test's server listens at, so that a service can lead there; pure.
struct ServerPorts: Sendable, Equatable {
    /// One port of the server, and the port of nodes that can lead to it.
    struct Entrance: Sendable, Equatable {
        let transport: Transport
        let port: UInt16
        let nodePort: UInt16
    }

    /// The port that clients are told.
    let main: UInt16
    /// All of them.
    let entrances: [Entrance]
    /// The port of the streams beside the test; nil where there are none.
    let load: UInt16?

    /// Ports of nodes, from the range that clusters have for them.
    static let nodePort: UInt16 = 30_080
    /// Where netperf's data goes on the way through a service, at the server and at nodes alike: netperf asks for it by number.
    static let netperfData: UInt16 = 30_081
    /// Where streams beside a test go at nodes.
    static let loadNodePort: UInt16 = 30_082

    /// The ports of a server of this test that listens already.
    init(of test: CNIPerformance.Test, listeningAt port: UInt16, loadAt load: UInt16? = nil) {
        main = port
        self.load = load
        func entrance(_ transport: Transport) -> Entrance {
            Entrance(transport: transport, port: port, nodePort: Self.nodePort)
        }
        let own: [Entrance] =
            switch (test.tool, test.transport) {
            case (.latency, let transport): [entrance(transport)]
            // What came is asked for over TCP.
            case (.packets, _): [entrance(.tcp), entrance(.udp)]
            // Both tools agree by TCP on what they then do by either.
            case (.iperf3, .tcp): [entrance(.tcp)]
            case (.iperf3, .udp): [entrance(.tcp), entrance(.udp)]
            case (.netperf, let transport):
                [
                    entrance(.tcp),
                    Entrance(transport: transport, port: Self.netperfData, nodePort: Self.netperfData),
                ]
            }
        entrances = own + (load.map { [Entrance(transport: .tcp, port: $0, nodePort: Self.loadNodePort)] } ?? [])
    }
}
