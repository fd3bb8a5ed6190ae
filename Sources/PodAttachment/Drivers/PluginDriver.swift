public import ContainerNetworking
import LinuxHost

/// Attaches pods by the CNI plugins of a configuration list.
public struct PluginDriver: PodDriver {
    /// What calls the plugins.
    public let runtime: CNIRuntime
    /// Which plugins, and with what.
    public let list: NetworkConfigurationList

    /// Reads a list.
    ///
    /// - Parameters:
    ///   - conflist: the configuration list as JSON.
    ///   - directories: where plugins are looked for, in order.
    ///   - timeout: how long one operation may take.
    ///   - records: a directory for what DEL has to know.
    public init(
        conflist: String, pluginDirectories directories: [String], timeout: Duration, records: String
    ) throws(PodError) {
        do throws(CNIError) {
            list = try NetworkConfigurationList(json: conflist)
        } catch {
            throw PodError(error)
        }
        runtime = CNIRuntime(
            pluginDirectories: directories,
            deadline: timeout,
            cacheDirectory: records
        )
    }

    /// ADD through the chain.
    public func add(_ pod: Pod) async throws(PodError) -> AddedPod {
        let start = Clock.monotonicNanoseconds()
        do throws(CNIError) {
            let result = try await runtime.add(list, pod.attachment)
            let end = Clock.monotonicNanoseconds()
            return AddedPod(addresses: result.containerAddresses, start: start, end: end)
        } catch {
            throw PodError(error)
        }
    }

    /// CHECK through the chain.
    public func check(_ pod: Pod) async throws(PodError) -> UInt64 {
        try await timed { () throws(CNIError) in try await runtime.check(list, pod.attachment) }
    }

    /// DEL through the chain.
    public func delete(_ pod: Pod) async throws(PodError) -> UInt64 {
        try await timed { () throws(CNIError) in try await runtime.delete(list, pod.attachment) }
    }

    /// The name of the network.
    public var listName: String { list.name }

    /// The list may know that one of its plugins gets CHECK wrong, and older versions have none.
    public var hasCheck: Bool { list.hasCheck }

    /// Whether the network is of a version that has STATUS.
    public var hasStatus: Bool { list.hasStatus }

    /// Whether the network is of a version that has GC, and its list wants it.
    public var hasGarbageCollection: Bool { list.hasGarbageCollection }

    /// Asks whether the plugins are ready; nanoseconds.
    public func status() async throws(PodError) -> UInt64 {
        try await timed { () throws(CNIError) in try await runtime.status(list) }
    }

    /// Has the plugins free what belongs to no pod of these; nanoseconds.
    public func collectGarbage(keeping pods: [Pod]) async throws(PodError) -> UInt64 {
        let attachments = pods.map(\.attachment)
        return try await timed { () throws(CNIError) in try await runtime.collectGarbage(list, keeping: attachments) }
    }

    /// Where these plugins remember what they attached.
    public var state: PluginState { PluginState(of: list) }

    /// The plugins' own, those that plugins start among them; the runtime's part is not counted.
    public var cpuSeconds: Double { ChildTimes.now().seconds }

    private func timed(_ body: () async throws(CNIError) -> Void) async throws(PodError) -> UInt64 {
        let start = Clock.monotonicNanoseconds()
        do throws(CNIError) {
            try await body()
        } catch {
            throw PodError(error)
        }
        return Clock.monotonicNanoseconds() - start
    }
}
