import ContainerNetworking

/// Keeps address leases with the run: host-local writes to the host's `/var/lib/cni` unless it is told otherwise.
enum LeaseDirectory {
    /// The configuration with the `dataDir` of every `host-local` inside the directory, however deep in it that stands.
    ///
    /// A `dataDir` of the list's own may be the one of a runtime that lives on this machine, whose leases are not to be
    /// touched. It becomes a directory of the same name inside, so that what a list keeps apart stays apart.
    static func insert(_ directory: String, into configuration: JSONValue) -> JSONValue {
        switch configuration {
        case .array(let values):
            return .array(values.map { insert(directory, into: $0) })
        case .object(let members):
            var changed = members.mapValues { insert(directory, into: $0) }
            // What the list as a whole, or a plugin, calls its type is never this word.
            if members["type"] == .string("host-local") {
                changed["dataDir"] = .string(inside(directory, members["dataDir"]?.string))
            }
            return .object(changed)
        default:
            return configuration
        }
    }

    private static func inside(_ directory: String, _ own: String?) -> String {
        guard let own, own != directory else { return directory }
        let isInside = own.hasPrefix(directory + "/")
        let components = own.dropFirst(isInside ? directory.count : 0).split(separator: "/")
            .filter { $0 != "." && $0 != ".." }
        return ([directory] + components.map(String.init)).joined(separator: "/")
    }
}
