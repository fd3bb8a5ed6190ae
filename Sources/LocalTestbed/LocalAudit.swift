import ContainerNetworking
import Foundation
import KernelGuest
import LinuxHost

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
        let processes = namespaces.isEmpty ? [:] : NetworkNamespace.processes(in: namespaces)
        let guests = directories.reduce(into: [Int32: String]()) { found, directory in
            for process in GuestProcesses.find(directory: directory) { found[process] = directory }
        }
        return LocalAudit(
            namespaces: namespaces,
            processes: processes.merging(guests) { first, _ in first },
            directories: directories.sorted(),
            pluginFiles: Dictionary(
                pluginState.files(ofContainersWith: prefix).map { ($0.path, $0.container) },
                uniquingKeysWith: { first, _ in first }
            )
        )
    }

    /// The same without namespaces and directories that somebody is using, and without the processes in them and what
    /// plugins remember of them.
    public func without(_ names: Set<String>) -> LocalAudit {
        let runs = names.compactMap { $0.split(separator: "/").last }.map { NamespaceNames(run: String($0)).runPrefix }
        return LocalAudit(
            namespaces: namespaces.filter { !names.contains($0) },
            processes: processes.filter { !names.contains($0.value) },
            directories: directories.filter { !names.contains($0) },
            pluginFiles: pluginFiles.filter { file in !runs.contains { file.value.hasPrefix($0) } }
        )
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
