import Quantities

/// How many services and endpoints a test may ask for.
enum ServiceLimits {
    /// The most services.
    static let services = 50_000
    /// The most endpoints of one service.
    static let endpoints = 100_000
    /// The most endpoints of all services together, for which there are addresses on the endpoints' side.
    static let allEndpoints = 1_000_000
    /// Ports that kube-apiserver gives to services of type NodePort.
    static let nodePorts = 2_768
    /// Services beside those that the resource says: the one that a trial adds.
    static let addedServices = 1
    /// Addresses of a service range that no service gets: its ends, and the one that is added in a trial.
    static let reservedAddresses = 3.0

    /// An IPv4 range.
    static func range(_ reader: NodeReader) -> CIDR? {
        guard let range: CIDR = reader.quantity() else { return nil }
        guard range.address.family == .ipv4, range.network == range.address else {
            reader.fail("expected an IPv4 range without bits behind its prefix, such as 10.96.0.0/12, found \(range)")
            return nil
        }
        return range
    }
}
