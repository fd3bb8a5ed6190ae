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

    /// Values of every key that decides what is programmed, each with what it goes together with.
    static let everyValue: [[String]] = [
        ["serviceType: ClusterIP", "endpointsPerService: [1, 3]"],
        ["sessionAffinity: ClientIP"],
        ["serviceType: NodePort"],
        ["serviceType: NodePort", "localhostNodePorts: false", "sessionAffinity: ClientIP"],
        ["serviceType: LoadBalancer"],
        ["serviceType: LoadBalancer", "sourceRanges: [0.0.0.0/0]"],
        ["serviceType: LoadBalancer", "sourceRanges: [10.10.0.2/32]", "sessionAffinity: ClientIP"],
        ["serviceType: LoadBalancer", "sourceRanges: [10.0.0.0/8, 10.10.0.0/24, 172.16.0.0/12, 0.0.0.0/1]"],
        [
            "serviceRange: 10.200.0.0/16",
            "sync: {endpointsFollow: false, servicesPerTransaction: 2, listsBeforeSync: false}",
        ],
        ["serviceType: NodePort", "sync: {flushesEmptyTables: true, minSyncPeriod: 0s}"],
    ]

    /// Those of them that decide what IPVS is given; a kernel guest takes its time for each.
    static let everyValueOfIPVS: [[String]] = [
        ["sessionAffinity: ClientIP", "endpointsPerService: [3]"],
        ["serviceType: NodePort"],
        ["serviceType: LoadBalancer", "sourceRanges: [0.0.0.0/0]"],
        [
            "serviceType: LoadBalancer", "sourceRanges: [10.0.0.0/8, 10.10.0.2/32, 172.16.0.0/12]",
            "sessionAffinity: ClientIP",
        ],
    ]

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
