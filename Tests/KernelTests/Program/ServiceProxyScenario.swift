/// A `NetworkScalabilityTest` that is over in a moment.
struct ServiceProxyScenario {
    var proxies = ["none", "iptables-legacy", "iptables-nft", "nftables", "nftables-endpoint-chains"]
    var services = ["3", "20"]
    var measure = [
        "program", "add-one", "delete-one", "change-endpoint", "first-packet", "established", "connection-rate",
        "rules", "read-back", "restart", "churn", "remove",
    ]
    var more: [String] = []
    var repetitions = 1

    /// The gate lets everything through: how quiet the machine is, is not what is tested.
    var yaml: String {
        """
        apiVersion: networkmachinery.io/v1alpha1
        kind: NetworkScalabilityTest
        metadata: {name: tiny-proxies}
        spec:
          proxies: [\(proxies.joined(separator: ", "))]
          services: [\(services.joined(separator: ", "))]
          measure: [\(measure.joined(separator: ", "))]
          duration: 20ms
          churn: {rate: 20/s, duration: 300ms}
          settle: {maximumBackground: 100%, window: 10ms, patience: 10ms}
          repetitions: {minimum: \(repetitions), maximum: \(repetitions)}

        """ + more.map { "  \($0)\n" }.joined()
    }
}
