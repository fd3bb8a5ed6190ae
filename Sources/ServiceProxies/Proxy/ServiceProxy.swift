public import Contract

/// Brings services into the kernel of the network namespace that this process is in, and takes them out again.
///
/// The order is: ``refuseForeign()``, ``load(_:)``, then ``apply(_:resulting:)`` and ``readBack()`` as often as wanted,
/// then ``remove()``. A load that fails half way removes what it had done before it throws. Programs that load are
/// started in the namespace of this process, so a process serves one namespace and one proxy.
public protocol ServiceProxy: Sendable {
    /// The mode of kube-proxy that it stands for.
    var mode: ProxyMode { get }

    /// What this machine lacks for the mode, in words with the package or kernel option; nil when it can be used.
    func shortcoming() async -> String?

    /// Throws when something that the proxy would write to exists already, and touches nothing.
    func refuseForeign() async throws(ServiceProxyError)

    /// Makes exactly these services known, whatever of ours was there before: kube-proxy's full sync, and its restart.
    func load(_ services: [ServicePort]) async throws(ServiceProxyError) -> Programming

    /// Makes one change known: kube-proxy's partial sync, where the mode has one. `services` are all that there are
    /// then.
    func apply(
        _ change: ServiceChange, resulting services: [ServicePort]
    ) async throws(ServiceProxyError)
        -> Programming

    /// The objects that have to be in the kernel for these services.
    func expectedCounts(for services: [ServicePort]) -> ObjectCounts

    /// Reads back from the kernel what is there of ours.
    func readBack() async throws(ServiceProxyError) -> (counts: ObjectCounts, programming: Programming)

    /// Rules that packets were matched against, from counters, or nil where the mode has none; see ``RuleTraversal``.
    func traversal() async throws(ServiceProxyError) -> RuleTraversal?

    /// Takes everything of ours out of the kernel.
    func remove() async throws(ServiceProxyError) -> Programming
}
