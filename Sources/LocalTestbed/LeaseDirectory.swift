import ContainerNetworking

/// Keeps address leases with the run: host-local writes to the host's `/var/lib/cni` unless it is told otherwise.
enum LeaseDirectory {
    /// The configuration with `ipam.dataDir` set wherever `host-local` gives addresses and no directory is named.
    static func insert(_ directory: String, into configuration: JSONValue) -> JSONValue {
        switch configuration {
        case .array(let values):
            return .array(values.map { insert(directory, into: $0) })
        case .object(var members):
            if case .object(var ipam)? = members["ipam"], ipam["type"] == .string("host-local"), ipam["dataDir"] == nil
            {
                ipam["dataDir"] = .string(directory)
                members["ipam"] = .object(ipam)
            }
            if let plugins = members["plugins"] {
                members["plugins"] = insert(directory, into: plugins)
            }
            return .object(members)
        default:
            return configuration
        }
    }
}
