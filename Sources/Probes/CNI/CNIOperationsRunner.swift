import Contract
import PodAttachment

/// Carries out a plan of operations on pods, and leaves the node as it was.
enum CNIOperationsRunner: ProbeRunner {
    /// How long the kernel gets to take namespaces down after the work.
    private static let drainPatience: UInt64 = 60_000_000_000

    static func run(_ operations: CNIOperations, in context: ProbeContext) async throws(ProbeFailure) {
        let (stop, output) = (context.stop, context.output)
        let result = await withTaskGroup(of: Result<Void, ProbeFailure>?.self) { group in
            group.addTask {
                do throws(ProbeFailure) {
                    return .success(try await work(operations, stop, output))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                await stop.wait()
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            await group.waitForAll()
            return first ?? .failure(.interrupted(stop))
        }
        try result.get()
    }

    private static func work(
        _ operations: CNIOperations,
        _ stop: ProbeStop,
        _ output: any ProbeOutput
    ) async throws(ProbeFailure) {
        // A pod is held by a descriptor of its namespace, and has sockets on top.
        FileLimit.raise(forPods: operations.standing + operations.measured)
        let links = try ProbeFailure.ofPods { () throws(PodError) in
            try PodDirectory(operations.directory).empty()
            return try NodeLinks.names()
        }
        var failure: ProbeFailure?
        do throws(ProbeFailure) {
            try await measure(operations, uplinks: links, stop, output)
        } catch {
            failure = error
        }
        // In this order: what the measurement held is let go by now.
        await NamespaceDrain.wait(patience: drainPatience)
        try ProbeFailure.ofPods { () throws(PodError) in try NodeLinks.remove(except: links) }
        if let failure { throw failure }
    }

    private static func measure(
        _ operations: CNIOperations,
        uplinks: Set<String>,
        _ stop: ProbeStop,
        _ output: any ProbeOutput
    ) async throws(ProbeFailure) {
        let driver = try ProbeFailure.ofPods { () throws(PodError) in try Self.driver(for: operations) }
        let bench = CNIBench(operations, driver: driver, uplinks: uplinks, stop: stop, output: output)
        do throws(ProbeFailure) {
            switch operations.work {
            case .lifecycle: try await LifecycleWork(bench: bench).run()
            case .restartStorm: try await RestartStormWork(bench: bench).run()
            case .exhaustion: try await ExhaustionWork(bench: bench).run()
            case .conformance: try await ConformanceWork(bench: bench).run()
            }
        } catch {
            await bench.sweep()
            throw error
        }
    }

    private static func driver(for operations: CNIOperations) throws(PodError) -> any PodDriver {
        guard let conflist = operations.conflist else { return try DirectDriver(range: operations.range) }
        let isSmall = operations.work == .exhaustion
        return try PluginDriver(
            conflist: isSmall ? SmallRange.conflist(conflist, directory: operations.directory) : conflist,
            pluginDirectories: operations.pluginDirectories,
            timeout: .nanoseconds(operations.timeoutNanoseconds),
            records: "\(operations.directory)/attachments"
        )
    }
}
