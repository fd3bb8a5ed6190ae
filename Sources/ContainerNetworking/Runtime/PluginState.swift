import Foundation
import LinuxHost

/// What plugins remember about containers beyond an attachment, such as the address leases of `host-local`.
public struct PluginState: Sendable, Equatable {
    /// A file that names a container.
    public struct File: Sendable, Hashable {
        /// Where it is.
        public let path: String
        /// The container's ID.
        public let container: String
    }

    /// Where plugins keep such files, unless their configuration says otherwise.
    public static let standardDirectories = ["/var/lib/cni", "/run/cni"]

    /// Where files are looked for.
    public let directories: [String]

    /// Files of these directories.
    public init(directories: [String] = standardDirectories) {
        self.directories = directories
    }

    /// Files of the standard directories, and of those in which a network's `host-local` keeps its leases.
    public init(of list: NetworkConfigurationList) {
        let named = list.plugins.compactMap { $0["ipam"]?["dataDir"]?.string }
        directories = Self.standardDirectories + named.filter { !Self.standardDirectories.contains($0) }
    }

    /// The files that name a container whose ID begins with `prefix`, in their own name or at their beginning, sorted.
    ///
    /// That is where the reference plugins put it: `host-local` writes it into a file that is named after the address,
    /// `tuning` names the file after it.
    public func files(ofContainersWith prefix: String) -> [File] {
        directories.flatMap { directory in
            FileTree.entries(below: directory, headBytes: Identifier.maximumLength).compactMap { Self.file($0, prefix) }
        }
    }

    /// Removes these files; what is not there is not an error.
    public func remove(ofContainersWith prefix: String) throws {
        for file in files(ofContainersWith: prefix) {
            guard let slash = file.path.lastIndex(of: "/") else { continue }
            try FileTree.remove(String(file.path[file.path.index(after: slash)...]), in: String(file.path[..<slash]))
        }
    }

    private static func file(_ entry: FileTree.Entry, _ prefix: String) -> File? {
        let name = entry.path.split(separator: "/").last.map(String.init) ?? entry.path
        if let container = container(in: name, prefix) { return File(path: entry.path, container: container) }
        guard entry.head.starts(with: prefix.utf8) else { return nil }
        return container(in: String(decoding: entry.head, as: UTF8.self), prefix)
            .map { File(path: entry.path, container: $0) }
    }

    /// The container's ID, at the beginning or behind the name of a network.
    private static func container(in text: String, _ prefix: String) -> String? {
        guard let range = text.range(of: prefix) else { return nil }
        if range.lowerBound > text.startIndex {
            guard ["-", ":", "_"].contains(text[text.index(before: range.lowerBound)]) else { return nil }
        }
        return String(text[range.lowerBound...].prefix { $0.isLetter || $0.isNumber || "-_.".contains($0) })
    }
}
