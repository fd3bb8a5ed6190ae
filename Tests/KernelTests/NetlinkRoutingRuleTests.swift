import LinuxHost
import Netlink
import Processes
import Quantities
import TestSupport
import Testing

@Suite(
    "Routing rules", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("rules")
)
struct NetlinkRoutingRuleTests {
    @Test("a rule that iproute2 adds is listed with everything that it says")
    func listed() async throws {
        let name = UniqueName.make("rules")
        defer { try? NetworkNamespace.remove(named: name) }
        let socket = try NetlinkSocket(in: NetworkNamespace.create(named: name))
        let before = Set(try socket.routingRules())
        #expect(before.contains { $0.family == .ipv4 && $0.table == 254 })
        let rule = ["from", "10.1.0.0/24", "to", "10.2.0.0/16", "iif", "lo", "fwmark", "5", "lookup", "77"]
        let command = Command(
            executable: "nsenter",
            arguments: ["--net=\(NetworkNamespace.path(named: name))", "--", "ip", "rule", "add", "priority", "100"]
                + rule
        )
        _ = try await ProcessRunner.run(command, deadline: .seconds(20)).requireSuccess()
        let added = Set(try socket.routingRules()).subtracting(before)
        #expect(added.count == 1)
        let found = try #require(added.first)
        #expect(found.description == "100: ipv4 from 10.1.0.0/24 to 10.2.0.0/16 iif lo fwmark 5 lookup 77")
    }
}
