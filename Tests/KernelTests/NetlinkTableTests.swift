import LinuxHost
import Netlink
import Processes
import Quantities
import TestSupport
import Testing

@Suite(
    "Routes of all tables, queues and neighbours", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("tables")
)
struct NetlinkTableTests {
    @Test("what iproute2 adds is listed with its table and its kind")
    func listed() async throws {
        let name = UniqueName.make("tables")
        defer { try? NetworkNamespace.remove(named: name) }
        let socket = try NetlinkSocket(in: NetworkNamespace.create(named: name))
        try socket.setUp("lo")
        try socket.add(Link(name: "eth0", kind: .veth(peer: "peer0"), isUp: true))
        let routes = Set(try socket.tableRoutes())
        let queues = Set(try socket.queueingDisciplines())
        for words in [
            "ip route add blackhole 203.0.113.0/24 table 78 metric 5", "ip route add 198.51.100.0/24 dev eth0",
            "ip -6 route add unreachable fd00:1::/64",
            "ip neighbour add 192.0.2.9 lladdr 02:00:00:00:00:09 dev eth0 nud permanent",
            "tc qdisc add dev eth0 root handle 7: pfifo",
        ] {
            let command = Command(
                executable: "nsenter",
                arguments: ["--net=\(NetworkNamespace.path(named: name))", "--"]
                    + words.split(separator: " ").map(String.init)
            )
            _ = try await ProcessRunner.run(command, deadline: .seconds(20)).requireSuccess()
        }
        let added = Set(try socket.tableRoutes()).subtracting(routes)
        #expect(
            Set(added.map(\.description).map { $0.replacing(#/ dev lo| metric 1024/#, with: "") }) == [
                "blackhole 203.0.113.0/24 table 78 metric 5", "198.51.100.0/24 dev eth0", "unreachable fd00:1::/64",
            ])
        #expect(added.allSatisfy { !$0.isOfKernel })
        #expect(routes.contains { $0.table == TableRoute.localTable && $0.kind == "local" && $0.isOfKernel })
        let queue = Set(try socket.queueingDisciplines()).subtracting(queues)
        #expect(queue.map(\.description) == ["pfifo 7:"])
        let neighbours = try socket.permanentNeighbours()
        #expect(neighbours.map(\.address.description) == ["192.0.2.9"])
        #expect(neighbours.first?.interface == "eth0")
    }
}
