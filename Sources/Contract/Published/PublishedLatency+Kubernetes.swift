extension PublishedLatency {
    /// "NFTables mode for kube-proxy", kubernetes.io, 2025-02-28: the chart of the first packet's round trip time.
    ///
    /// Read off the bars of the chart, ±2 µs; that of nftables is one for all sizes.
    public static let all: [PublishedLatency] = [
        iptables(5_000, [1: 18e-6, 50: 49e-6, 90: 120e-6, 99: 156e-6]),
        iptables(10_000, [1: 10e-6, 50: 61e-6, 90: 187e-6, 99: 262e-6]),
        iptables(30_000, [1: 41e-6, 50: 274e-6, 90: 491e-6, 99: 716e-6]),
        nftables(5_000), nftables(10_000), nftables(30_000),
    ]

    private static func iptables(_ services: Double, _ percentiles: [Double: Double]) -> PublishedLatency {
        kubernetes("iptables", [.iptablesLegacy, .iptablesNFT], services, percentiles)
    }

    private static func nftables(_ services: Double) -> PublishedLatency {
        kubernetes(
            "nftables", [.nftables, .nftablesEndpointChains], services, [1: 10e-6, 50: 14e-6, 90: 22e-6, 99: 37e-6])
    }

    private static func kubernetes(
        _ name: String, _ modes: Set<ProxyMode>, _ services: Double, _ percentiles: [Double: Double]
    ) -> PublishedLatency {
        PublishedLatency(
            source: "kubernetes.io, 2025-02", id: MetricID("connect", at: ServicePosition.random.rawValue), name: name,
            levels: Set(modes.map(\.rawValue)), factor: "services", size: services, percentiles: percentiles
        )
    }
}
