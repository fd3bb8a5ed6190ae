/// A `CNIPerformance` that is over in a moment.
struct Scenario {
    static let roundTrip = test("rr", "request-response")
    static let connections = test("crr", "connect-request-close")
    static let stream = "{name: stream, tool: iperf3, protocol: tcp, duration: 1s}"

    var nodes = 1
    var networks = ["{name: bridge, preset: bridge}"]
    var hasBaseline = false
    var paths = ["same-node"]
    var tests = [roundTrip]
    var repetitions = 2
    var podsPerNode = 0

    static func test(_ name: String, _ pattern: String, duration: String = "20ms") -> String {
        "{name: \(name), tool: latency, protocol: tcp, pattern: \(pattern), messageSize: 64B, duration: \(duration)}"
    }

    /// The gate lets everything through: how quiet the machine is, is not what is tested.
    var yaml: String {
        """
        apiVersion: networkmachinery.io/v1alpha1
        kind: CNIPerformance
        metadata: {name: tiny}
        spec:
          nodes: \(nodes)
          podsPerNode: \(podsPerNode)
          networks: [\(networks.joined(separator: ", "))]
        \(hasBaseline ? "  baseline: host" : "")
          paths: [\(paths.joined(separator: ", "))]
          tests: [\(tests.joined(separator: ", "))]
          repetitions: {minimum: \(repetitions), maximum: \(repetitions)}
          warmUp: 0ms
          settle: {maximumBackground: 100%, window: 10ms, patience: 10ms}

        """
    }
}
