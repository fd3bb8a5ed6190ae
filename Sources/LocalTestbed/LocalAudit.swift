import ContainerNetworking
import Foundation
import KernelGuest
import LinuxHost
import Testbed

/// What of the local testbed is there now, whoever made it.
public struct LocalAudit: Sendable, Equatable {
    /// Namespaces that carry our prefix.
    public let namespaces: [String]
    /// Processes in those namespaces and emulators of guests, by pid: the namespace or the directory each belongs to.
    public let processes: [Int32: String]
    /// Directories of runs.
    public let directories: [String]
    /// Files in which plugins remember our containers: the path, and the container's ID.
    public let pluginFiles: [String: String]

    /// Looks at `/run/netns`, `/proc` and the runs' directories; `run` narrows it to one.
    public static func look(paths: LocalPaths = LocalPaths(), run: String? = nil) -> LocalAudit {
        look(paths: paths, run: run, pluginState: PluginState())
    }

    static func look(paths: LocalPaths, run: String?, pluginState: PluginState) -> LocalAudit {
        let prefix = run.map { NamespaceNames(run: $0).runPrefix } ?? NamespaceNames.prefix
        let namespaces = NetworkNamespace.names().filter { $0.hasPrefix(prefix) }.sorted()
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: paths.root)) ?? []
        let directories = entries.map { "\(paths.root)/\($0)" }.filter { path in
            var isDirectory: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
            return exists && isDirectory.boolValue && (run.map { path.hasSuffix("/\($0)") } ?? true)
        }
        var processes = namespaces.isEmpty ? [:] : NetworkNamespace.processes(in: namespaces)
        for directory in directories {
            for process in GuestProcesses.find(directory: directory) { processes[process] = directory }
        }
        for process in MarkedProcess.orphans() where run == nil || process.mark.run == run {
            processes[process.pid] = processes[process.pid] ?? "run \(process.mark.run) (\(process.name))"
        }
        return LocalAudit(
            namespaces: namespaces,
            processes: processes,
            directories: directories.sorted(),
            pluginFiles: Dictionary(
                pluginState.files(ofContainersWith: prefix).map { ($0.path, $0.container) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }

    /// The runs among the directories that are going on, whatever database they are in, and the process of each.
    public var living: [String: Int32] {
        var found: [String: Int32] = [:]
        for directory in directories {
            guard let owner = RunDirectory.owner(of: directory), owner.isAlive else { continue }
            found[Self.run(of: directory)] = owner.pid
        }
        return found
    }

    /// The same without everything of these runs.
    public func without(runs: some Collection<String>) -> LocalAudit {
        let prefixes = runs.map { NamespaceNames(run: $0).runPrefix }
        let isTheirs = { (name: String) in
            prefixes.contains { name.hasPrefix($0) } || runs.contains { name.hasSuffix("/\($0)") }
        }
        return LocalAudit(
            namespaces: namespaces.filter { !isTheirs($0) },
            processes: processes.filter { !isTheirs($0.value) },
            directories: directories.filter { !isTheirs($0) },
            pluginFiles: pluginFiles.filter { !isTheirs($0.value) }
        )
    }

    private static func run(of directory: String) -> String { String(directory.split(separator: "/").last ?? "") }

    /// The same without namespaces and directories that somebody is using, and without the processes in them and what
    /// plugins remember of them.
    public func without(_ names: Set<String>) -> LocalAudit {
        let runs = names.map { NamespaceNames(run: Self.run(of: $0)).runPrefix }
        return LocalAudit(
            namespaces: namespaces.filter { !names.contains($0) },
            processes: processes.filter { !names.contains($0.value) },
            directories: directories.filter { !names.contains($0) },
            pluginFiles: pluginFiles.filter { file in !runs.contains { file.value.hasPrefix($0) } }
        )
    }

    /// What nobody uses, and which runs that nobody knows of are going on.
    func report(leavingOut inUse: Set<String>) -> TestbedAudit {
        let mine = without(inUse)
        // Runs of other databases, which are known by their directories.
        let living = mine.living
        return TestbedAudit(findings: mine.without(runs: living.keys).findings, living: living)
    }

    /// Whether nothing is left.
    public var isClean: Bool {
        namespaces.isEmpty && processes.isEmpty && directories.isEmpty && pluginFiles.isEmpty
    }

    /// What is left, one thing a line.
    public var findings: [String] {
        namespaces.map { "namespace \($0)" }
            + processes.sorted { $0.key < $1.key }.map { "process \($0.key) in \($0.value)" }
            + directories.map { "directory \($0)" }
            + pluginFiles.sorted { $0.key < $1.key }.map { "file \($0.key) of container \($0.value)" }
    }
}
