import Contract
import Foundation
import LinuxHost
import Netlink

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
        FileLimit.raise(forPods: operations.standing + operations.measured)
        try empty(operations.directory)
        let links = try links()
        var failure: ProbeFailure?
        do throws(ProbeFailure) {
            try await measure(operations, uplinks: links, stop, output)
        } catch {
            failure = error
        }
        // In this order: what the measurement held is let go by now.
        await NamespaceDrain.wait(patience: drainPatience)
        try removeLinks(except: links)
        if let failure { throw failure }
    }

    private static func measure(
        _ operations: CNIOperations,
        uplinks: Set<String>,
        _ stop: ProbeStop,
        _ output: any ProbeOutput
    ) async throws(ProbeFailure) {
        let bench = CNIBench(
            operations, driver: try driver(for: operations), uplinks: uplinks, stop: stop, output: output)
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

    private static func driver(for operations: CNIOperations) throws(ProbeFailure) -> any PodDriver {
        guard let conflist = operations.conflist else { return try DirectDriver(range: operations.range) }
        guard operations.work == .exhaustion else { return try PluginDriver(operations, conflist: conflist) }
        let small = try SmallRange.conflist(conflist, directory: operations.directory)
        return try PluginDriver(operations, conflist: small)
    }

    private static func empty(_ directory: String) throws(ProbeFailure) {
        do throws(HostError) {
            let above = URL(fileURLWithPath: directory).deletingLastPathComponent().path
            try FileTree.remove(String(directory.split(separator: "/").last ?? ""), in: above)
            try PrivateDirectory.make(directory)
        } catch {
            throw ProbeFailure(.system, "cannot empty \(directory): \(error)")
        }
    }

    private static func links() throws(ProbeFailure) -> Set<String> {
        do throws(NetlinkError) {
            return Set(try NetlinkSocket().links().map(\.name))
        } catch {
            throw ProbeFailure(.system, error.description)
        }
    }

    /// Takes away the links that were not there, such as the bridge that the first pod brought.
    private static func removeLinks(except before: Set<String>) throws(ProbeFailure) {
        do throws(NetlinkError) {
            let socket = try NetlinkSocket()
            for link in try socket.links() where !before.contains(link.name) {
                do throws(NetlinkError) {
                    try socket.delete(linkNamed: link.name)
                } catch {
                    // The other end of a pair went with the first.
                    guard error.isAbsent else { throw error }
                }
            }
        } catch {
            throw ProbeFailure(.system, "cannot restore the node: \(error)")
        }
    }
}
