/// How many services and endpoints a trial can have.
public enum ServiceLimits {
    /// The most services.
    public static let services = 50_000
    /// The most endpoints of one service.
    public static let endpoints = 100_000
    /// The most endpoints of all services together, for which there are addresses on the endpoints' side.
    public static let allEndpoints = 1_000_000
    /// Ports that kube-apiserver gives to services of type NodePort (`--service-node-port-range`).
    public static let nodePorts = 30_000..<32_768
    /// Services beside those that are asked for: the one that a trial adds.
    public static let addedServices = 1
    /// Addresses of a service range that no service gets: its ends, and the one that is added in a trial.
    public static let reservedAddresses = 3.0
}
