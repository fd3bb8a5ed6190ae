public import ContainerNetworking

/// A way to attach pods to a network; every operation says when it began and ended.
public protocol PodDriver: Sendable {
    /// Attaches a pod and returns its addresses.
    func add(_ pod: Pod) async throws(PodError) -> AddedPod

    /// Sees that a pod is attached as it should be; returns how long that took in nanoseconds.
    func check(_ pod: Pod) async throws(PodError) -> UInt64

    /// What gives pods their addresses, for people.
    var listName: String { get }

    /// Whether there is anything that sees how a pod is attached.
    var hasCheck: Bool { get }

    /// Detaches a pod; returns how long that took in nanoseconds.
    func delete(_ pod: Pod) async throws(PodError) -> UInt64

    /// Where plugins remember what they attached.
    var state: PluginState { get }

    /// Processor time of all operations so far, in seconds.
    var cpuSeconds: Double { get }
}
