public import Contract

/// The mode without a proxy: nothing is loaded, and nothing can go wrong.
public struct NoProxy: ServiceProxy {
    /// `none`.
    public let mode = ProxyMode.none

    /// The only one.
    public init() {}

    /// Every machine can do nothing.
    public func shortcoming() async -> String? { nil }

    /// There is nothing to get into the way of.
    public func refuseForeign() async throws(ServiceProxyError) {}

    /// Looks at the services, and does nothing.
    public func load(_ services: [ServicePort]) async throws(ServiceProxyError) -> Programming {
        try ServiceCheck.check(services)
        return Programming()
    }

    /// Looks at the services, and does nothing.
    public func apply(
        _ change: ServiceChange, resulting services: [ServicePort]
    ) async throws(ServiceProxyError) -> Programming {
        try ServiceCheck.check(services)
        return Programming()
    }

    /// No objects: there is nothing that holds services.
    public func expectedCounts(for services: [ServicePort]) -> ObjectCounts { ObjectCounts() }

    /// No objects, at no cost.
    public func readBack() async throws(ServiceProxyError) -> (counts: ObjectCounts, programming: Programming) {
        (ObjectCounts(), Programming())
    }

    /// There are no rules.
    public func traversal() async throws(ServiceProxyError) -> RuleTraversal? { nil }

    /// There is nothing to remove.
    public func remove() async throws(ServiceProxyError) -> Programming { Programming() }
}
