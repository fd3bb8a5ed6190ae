import ContainerNetworking
import Contract
import LinuxHost
import Quantities

/// Attaches pods by the CNI plugins of a configuration list.
struct PluginDriver: PodDriver {
    let runtime: CNIRuntime
    let list: NetworkConfigurationList

    init(_ operations: CNIOperations, conflist: String) throws(ProbeFailure) {
        do throws(CNIError) {
            list = try NetworkConfigurationList(json: conflist)
        } catch {
            throw ProbeFailure(error)
        }
        runtime = CNIRuntime(
            pluginDirectories: operations.pluginDirectories,
            deadline: .nanoseconds(operations.timeoutNanoseconds),
            cacheDirectory: "\(operations.directory)/attachments"
        )
    }

    func add(_ pod: Pod) async throws(ProbeFailure) -> AddedPod {
        let start = Clock.monotonicNanoseconds()
        do throws(CNIError) {
            let result = try await runtime.add(list, pod.attachment)
            let end = Clock.monotonicNanoseconds()
            return AddedPod(addresses: result.containerAddresses, start: start, end: end)
        } catch {
            throw ProbeFailure(error)
        }
    }

    func check(_ pod: Pod) async throws(ProbeFailure) -> UInt64 {
        try await timed { () throws(CNIError) in try await runtime.check(list, pod.attachment) }
    }

    func delete(_ pod: Pod) async throws(ProbeFailure) -> UInt64 {
        try await timed { () throws(CNIError) in try await runtime.delete(list, pod.attachment) }
    }

    var listName: String { list.name }

    /// The list may know that one of its plugins gets CHECK wrong, and older versions have none.
    var hasCheck: Bool { list.hasCheck }

    /// Whether the network is of a version that has STATUS.
    var hasStatus: Bool { list.hasStatus }

    /// Whether the network is of a version that has GC, and its list wants it.
    var hasGarbageCollection: Bool { list.hasGarbageCollection }

    /// Asks whether the plugins are ready; nanoseconds.
    func status() async throws(ProbeFailure) -> UInt64 {
        try await timed { () throws(CNIError) in try await runtime.status(list) }
    }

    /// Has the plugins free what belongs to no pod of these; nanoseconds.
    func collectGarbage(keeping pods: [Pod]) async throws(ProbeFailure) -> UInt64 {
        let attachments = pods.map(\.attachment)
        return try await timed { () throws(CNIError) in try await runtime.collectGarbage(list, keeping: attachments) }
    }

    var state: PluginState { PluginState(of: list) }

    /// The plugins' own, those that plugins start among them; the runtime's part is not counted.
    var cpuSeconds: Double { ChildCPU.seconds() }

    private func timed(_ body: () async throws(CNIError) -> Void) async throws(ProbeFailure) -> UInt64 {
        let start = Clock.monotonicNanoseconds()
        do throws(CNIError) {
            try await body()
        } catch {
            throw ProbeFailure(error)
        }
        return Clock.monotonicNanoseconds() - start
    }
}

extension ProbeFailure {
    /// A plugin's failure, with what it wrote as words to keep.
    init(_ error: CNIError) {
        let code: FailureCode =
            switch error.kind {
            case .timedOut: .timedOut
            case .rubbish, .noResult: .rubbish
            case .pluginNotFound: .toolMissing
            case .cancelled: .stopped
            default: .toolFailed
            }
        let words = [error.standardErrorTail, error.msg, error.details].filter { !$0.isEmpty }
        self.init(code, error.description, words: words.isEmpty ? nil : words.joined(separator: "\n"))
    }
}
