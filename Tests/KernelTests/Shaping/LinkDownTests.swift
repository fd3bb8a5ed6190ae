import Contract
import Glibc
import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing

@testable import TrafficShaping

@Suite(
    "Links that are down", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("shaping")
)
struct LinkDownTests {
    /// What goes away with a link: its routes of any table, its IPv6 addresses, and its permanent neighbours.
    private func records(_ bench: ShapingBench) throws -> Set<InterfaceRecord> {
        let index = try #require(try bench.near.link(named: "eth0")?.index)
        return Set(try bench.near.records(ofLinkWithIndex: index))
    }

    /// Routes through a gateway, of another table, and to several next hops, and a neighbour that stays.
    private func furnish(_ bench: ShapingBench) throws {
        func ip(_ words: String) throws {
            let process = try TestProcess.start(
                words: ["ip", "-n", bench.name] + words.split(separator: " ").map(String.init))
            #expect(TestProcess.exitCode(of: process) == 0, "ip \(words)")
        }
        try ip("route add default via 10.9.0.2 metric 7")
        try ip("route add 10.77.0.0/16 via 10.9.0.2 table 99 mtu 1300")
        try ip("route add 10.78.0.0/16 nexthop via 10.9.0.2 weight 2 nexthop via 10.9.0.3")
        try ip("-6 route add fd77::/64 via fd00::2")
        try ip("-6 route add default dev eth0 metric 50")
        try ip("neighbour replace 10.9.0.9 lladdr 02:00:00:00:00:09 nud permanent dev eth0")
    }

    @Test("all that goes away with a link comes back, in every table and of both families")
    func comesBack() throws {
        try ShapingBench.with { near, far, bench in
            try furnish(bench)
            let before = try records(bench)
            let down = try InterfaceDown(LinkDown(), in: near)
            try down.apply()
            #expect(try bench.near.link(named: "eth0")?.isUp == false)
            #expect(try records(bench).count < before.count / 2)
            try down.undo()
            let after = try records(bench)
            #expect(before.subtracting(after).isEmpty)
            #expect(after.subtracting(before).isEmpty)
            let ends = (
                near: try DatagramEnd(ShapingBench.nearAddress6, port: 4_000, in: near),
                far: try DatagramEnd(ShapingBench.farAddress6, port: 4_000, in: far)
            )
            // The kernel tells the other end of its carrier up to a second later, and asks for a neighbour once a second.
            let isThrough = (0..<200).contains { _ in
                ends.near.send(7, to: ends.far)
                return ends.far.receive(milliseconds: 50) == 7
            }
            #expect(isThrough)
            try down.undo()
        }
    }

    @Test("an agent brings the link up at its stop, at its deadline, and when the run is killed", arguments: 0...2)
    func agent(_ way: Int) throws {
        try ShapingBench.with { _, _, bench in
            try furnish(bench)
            let before = try records(bench)
            let owner = try TestProcess.start("sleep", "1000")
            let held = try HeldShaping(
                LinkDown(), in: bench.name, deadlineSeconds: way == 1 ? 2 : 60, owner: way == 2 ? owner : nil)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            #expect(try bench.near.link(named: "eth0")?.isUp == false)
            if way == 0 { try held.stop() }
            kill(owner, SIGKILL)
            #expect(TestProcess.endingSignal(of: owner) == SIGKILL)
            #expect(held.end() == (way == 2 ? SIGKILL : 0))
            #expect(try records(bench) == before)
        }
    }

    @Test("where the agent that took it down was killed, another brings it up with what that one had told")
    func remedy() throws {
        try ShapingBench.with { near, _, bench in
            try furnish(bench)
            let before = try records(bench)
            do {
                let killed = try InterfaceDown(LinkDown(), in: near)
                let told = try killed.recordText()
                try killed.apply()
                #expect(try bench.near.link(named: "eth0")?.isUp == false)
                let artifact = Artifact(name: LinkDown.artifact, mediaType: "text/plain", text: told)
                // It holds its lock as long as it is there: a process that is killed is not.
                let refused = #expect(throws: ShapingError.self) { try InterfaceDown(LinkDown(), in: near) }
                #expect(refused?.code == .inUse)
                _ = consume killed
                let remedy = try #require(LinkDown().remedy(told: [artifact]) as? LinkDown)
                try InterfaceDown(remedy, in: near).undo()
            }
            #expect(try records(bench) == before)
            // Nothing was told: it never went down, and nothing is done.
            let nothing = try #require(LinkDown().remedy(told: []) as? LinkDown)
            try InterfaceDown(nothing, in: near).undo()
            #expect(try records(bench) == before)
        }
    }

    @Test("the loopback, a link that is down, and one that is taken down already are refused")
    func refused() throws {
        try ShapingBench.with { near, _, bench in
            let loopback = #expect(throws: ShapingError.self) {
                try InterfaceDown(LinkDown(interface: "lo"), in: near)
            }
            #expect(loopback?.code == .refused)
            let first = try InterfaceDown(LinkDown(), in: near)
            let second = #expect(throws: ShapingError.self) { try InterfaceDown(LinkDown(), in: near) }
            #expect(second?.code == .inUse)
            try first.undo()
            try bench.near.setDown("eth0")
            let down = try InterfaceDown(LinkDown(), in: near)
            let foreign = #expect(throws: ShapingError.self) { try down.apply() }
            #expect(foreign?.code == .foreign)
        }
    }
}
