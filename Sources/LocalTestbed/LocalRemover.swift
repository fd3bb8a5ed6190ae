import ContainerNetworking
import Contract
import Foundation
import KernelGuest
import LinuxHost
public import Testbed

/// Removes what the local testbed made, whether or not it ever came to be made: removal is idempotent.
public struct LocalRemover: Sendable {
    private let pluginDirectories: [String]
    private let paths: LocalPaths
    private let pluginState: PluginState

    /// A remover that touches files only below `paths.root`, and those in which plugins remember a run's containers.
    ///
    /// An attachment is undone with the plugins that made it; `pluginDirectories` is for those that do not say where
    /// these are.
    public init(
        pluginDirectories: [String] = PluginDirectories.standard,
        paths: LocalPaths = LocalPaths()
    ) {
        self.init(pluginDirectories: pluginDirectories, paths: paths, pluginState: PluginState())
    }

    /// The same with a place of its own for what plugins remember.
    init(pluginDirectories: [String] = PluginDirectories.standard, paths: LocalPaths, pluginState: PluginState) {
        self.pluginDirectories = pluginDirectories
        self.paths = paths
        self.pluginState = pluginState
    }

    /// Removes one item; what is not there is not an error.
    public func remove(_ item: LedgerItem) async throws(TestbedError) {
        do {
            switch item.kind {
            case .attachment: try await detach(item)
            case .namespace: try await removeNamespace(item.name)
            case .directory: try removeDirectory(item.name)
            case .guest: try removeGuest(item.name)
            }
        } catch let error as TestbedError {
            throw error
        } catch {
            throw TestbedError(
                code: TestbedError.Code(error),
                operation: "remove \(item.kind.rawValue)",
                object: item.name,
                cause: "\(error)",
                nextStep: "run: netmachinery cleanup"
            )
        }
    }

    /// CNI DEL, so that plugins free what they hold beyond the namespace; the namespaces go anyhow.
    private func detach(_ item: LedgerItem) async throws {
        guard let detail = AttachmentDetail(json: item.detail),
            FileManager.default.fileExists(atPath: detail.nodeNamespace)
        else { return }
        let runtime = NodeRuntime.make(
            nodeNamespace: detail.nodeNamespace,
            pluginDirectories: detail.plugins.map(PluginDirectories.parse) ?? pluginDirectories,
            cacheDirectory: detail.cache
        )
        try await runtime.delete(NetworkConfigurationList(json: detail.list), PodAttacher.attachment(of: item.name))
    }

    private func removeNamespace(_ name: String) async throws {
        guard name.hasPrefix(NamespaceNames.prefix), FileTree.isComponent(name) else { throw notOurs(.namespace, name) }
        var survivors: [Int32] = []
        // A process may have started another one after it was listed: only an empty list lets the name go.
        for _ in 1...5 {
            let running = Array(NetworkNamespace.processes(in: [name]).keys)
            if running.isEmpty { break }
            survivors = ProcessEnd.end(running, deadline: GracePeriods.removal)
            if !survivors.isEmpty { break }
        }
        try require(survivors, areNoneOf: "the processes in namespace", name)
        try NetworkNamespace.remove(named: name)
    }

    private func removeGuest(_ path: String) throws {
        guard let run = run(of: path) else { throw notOurs(.guest, path) }
        let survivors = ProcessEnd.end(GuestProcesses.find(directory: path), deadline: GracePeriods.removal)
        try require(survivors, areNoneOf: "the emulator of", path)
        try removeDirectory(of: run)
    }

    private func removeDirectory(_ path: String) throws {
        guard let run = run(of: path) else { throw notOurs(.directory, path) }
        try removeDirectory(of: run)
    }

    private func require(_ survivors: [Int32], areNoneOf what: String, _ name: String) throws(TestbedError) {
        guard !survivors.isEmpty else { return }
        throw TestbedError(
            operation: "end \(what)",
            object: name,
            cause: "these are still there: \(survivors.map(String.init).joined(separator: ", "))",
            nextStep: "see what they wait for in /proc/PID/stack, then run: netmachinery cleanup"
        )
    }

    /// The run whose directory this is: exactly one component below the root, which is a name and not a way out.
    private func run(of path: String) -> String? {
        guard path.hasPrefix(paths.root + "/") else { return nil }
        let name = String(path.dropFirst(paths.root.count + 1))
        return FileTree.isComponent(name) ? name : nil
    }

    /// The directory with everything in it, and what plugins kept of the run's containers in the host's directories,
    /// and never freed because they were killed.
    private func removeDirectory(of run: String) throws {
        let directories = Set(pluginState.directories + leaseDirectories(of: "\(paths.root)/\(run)")).sorted()
        try PluginState(directories: directories).remove(ofContainersWith: NamespaceNames(run: run).runPrefix)
        try FileTree.remove(run, in: paths.root)
        // The last one leaves none; that of others is not empty, and stays.
        rmdir(paths.root)
    }

    /// Where the lists of attachments that were never undone keep their leases.
    private func leaseDirectories(of run: String) -> [String] {
        let sites = (try? FileManager.default.contentsOfDirectory(atPath: "\(run)/sites")) ?? []
        return sites.flatMap { site -> [String] in
            let runtime = CNIRuntime(deadline: .zero, cacheDirectory: "\(run)/sites/\(site)/attachments")
            return runtime.readableAttachments().flatMap { PluginState(of: $0.list).directories }
        }
    }

    private func notOurs(_ kind: LedgerItem.Kind, _ name: String) -> TestbedError {
        TestbedError(
            operation: "remove \(kind.rawValue)",
            object: name,
            cause: "it is not one that this program makes",
            nextStep: "remove the entry from the ledger table by hand if you know where it came from"
        )
    }
}
