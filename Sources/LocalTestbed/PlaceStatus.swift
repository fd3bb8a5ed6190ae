import LinuxHost
import Netlink
import Quantities
public import Testbed

/// One node, pod or fabric that is there now, as its namespace shows it.
public struct PlaceStatus: Sendable, Equatable {
    /// The place as people write it, such as `bridge/node0/pod1`; `bridge/fabric` for what joins the nodes.
    public let place: String
    /// The namespace's name below `/run/netns`.
    public let namespace: String
    /// Addresses of its `eth0`, with their prefix lengths; link-local ones left out.
    public let addresses: [String]
    /// How many processes have this namespace as theirs.
    public let processes: Int

    /// Every place of a run or lab, read back from the kernel.
    public static func list(run: String) throws(TestbedError) -> [PlaceStatus] {
        let prefix = NamespaceNames(run: run).runPrefix
        let names = NetworkNamespace.names().filter { $0.hasPrefix(prefix) }.sorted()
        let processes = names.isEmpty ? [:] : NetworkNamespace.processes(in: names)
        var places: [PlaceStatus] = []
        for name in names {
            places.append(
                PlaceStatus(
                    place: placeName(of: name, prefix),
                    namespace: name,
                    addresses: try addresses(in: name),
                    processes: processes.values.filter { $0 == name }.count
                )
            )
        }
        return places
    }

    private static func placeName(of namespace: String, _ prefix: String) -> String {
        var parts = namespace.dropFirst(prefix.count).split(separator: "-")
        // Network names may hold dashes themselves: places are read from the end.
        var tail: [Substring] = []
        while let last = parts.last, last == "fabric" || last.hasPrefix("node") || last.hasPrefix("pod"), tail.count < 2
        {
            tail.insert(parts.removeLast(), at: 0)
            if last == "fabric" || last.hasPrefix("node") { break }
        }
        return ([parts.joined(separator: "-")] + tail.map(String.init)).joined(separator: "/")
    }

    private static func addresses(in namespace: String) throws(TestbedError) -> [String] {
        do {
            let socket = try NetlinkSocket(in: NetworkNamespace.open(named: namespace))
            guard try socket.link(named: PodAttacher.interface) != nil else { return [] }
            return try socket.addresses(of: PodAttacher.interface).map(\.description).filter { !$0.hasPrefix("fe80:") }
        } catch {
            throw TestbedError(operation: "look into namespace", object: namespace, cause: "\(error)")
        }
    }
}
