import Contract
import LinuxHost
import Netlink
import TestSupport
import Testing
import TrafficShaping

@Suite(
    "What an interface had before it was shaped", .serialized,
    .enabled(if: ShapingSetting.isThere, Comment(rawValue: ShapingSetting.reason)), .leavesNothing("shaping")
)
struct ShapingRestoreTests {
    private static let delay = LinkImpairment(delay: .init(nanoseconds: 5_000_000))

    @Test(
        "a discipline of somebody else is refused, and replaced and put back exactly when that was said",
        arguments: [
            "tbf rate 10mbit burst 32kbit latency 100ms", "tbf rate 3gbit burst 1mb limit 2mb",
            "fq_codel limit 999 target 7ms interval 133ms quantum 777 noecn", "fq_codel",
            "codel target 3ms ce_threshold 11ms",
            "pfifo limit 77", "bfifo limit 77777", "fq maxrate 1gbit", "cake bandwidth 50mbit",
            "netem delay 3ms loss 1% rate 1gbit", "netem loss gemodel 1% 10%",
        ])
    func foreign(_ words: String) throws {
        try ShapingBench.with { near, _, bench in
            try bench.tc("qdisc add dev eth0 root handle 8001: \(words)")
            let before = try bench.everything()
            for filters in [[], [TrafficFilter(peerPort: 80)]] {
                var shaping = LinkShaping(Self.delay, direction: .both, filters: filters)
                let refused = try InterfaceShaper(shaping, in: near)
                let error = #expect(throws: ShapingError.self) { try refused.apply() }
                #expect(error?.code == .foreign)
                #expect(error?.cause.contains("8001:") == true)
                #expect(try bench.everything() == before)
                try refused.undo()
                shaping.replacesForeign = true
                try bench.shape(shaping, in: near) { _ in
                    let shaped = try bench.everything()
                    #expect(shaped != before)
                }
            }
        }
    }

    @Test(
        "what could not be put back is not replaced, whatever was said",
        arguments: [
            ["qdisc add dev eth0 root handle 8001: prio"], ["qdisc add dev eth0 root handle 8001: sfq"],
            [
                "qdisc add dev eth0 root handle 8001: htb",
                "class add dev eth0 parent 8001: classid 8001:1 htb rate 1mbit",
            ],
            ["qdisc add dev eth0 root handle 8001: netem delay 10ms 2ms distribution normal"],
            [
                "qdisc add dev eth0 root handle 8001: tbf rate 1mbit burst 10k latency 1s",
                "qdisc add dev eth0 parent 8001:1 handle 8002: sfq",
            ],
        ])
    func irreplaceable(_ commands: [String]) throws {
        try ShapingBench.with { near, _, bench in
            for command in commands { try bench.tc(command) }
            let before = try bench.everything()
            let shaper = try InterfaceShaper(LinkShaping(Self.delay, replacesForeign: true), in: near)
            let error = #expect(throws: ShapingError.self) { try shaper.apply() }
            #expect(error?.code == .foreign)
            #expect(try bench.everything() == before)
        }
    }

    @Test("rules of somebody else for what arrives are refused", arguments: ["ingress", "clsact"])
    func ingress(_ kind: String) throws {
        try ShapingBench.with { near, _, bench in
            try bench.tc("qdisc add dev eth0 \(kind)")
            let before = try bench.everything()
            let shaper = try InterfaceShaper(
                LinkShaping(Self.delay, direction: .ingress, replacesForeign: true), in: near)
            let error = #expect(throws: ShapingError.self) { try shaper.apply() }
            #expect(error?.code == .foreign)
            #expect(try bench.everything() == before)
        }
    }

    @Test("packets are cut before the queue while single ones are lost, and not for a delay")
    func segments() throws {
        try ShapingBench.with { near, _, bench in
            let index = try #require(try bench.near.link(named: "eth0")).index
            let usual = try bench.near.segmentationLimits(ofLinkWithIndex: index)
            #expect(usual.segments > 1)
            try bench.shape(LinkShaping(LinkImpairment(loss: .random(.init(0.5)))), in: near) { _ in
                let limits = try bench.near.segmentationLimits(ofLinkWithIndex: index)
                #expect(limits.segments == 1)
            }
            try bench.shape(LinkShaping(Self.delay), in: near) { _ in
                let limits = try bench.near.segmentationLimits(ofLinkWithIndex: index)
                #expect(limits == usual)
            }
        }
    }

    @Test("a second shaping of an interface is refused while the first is there, and not after it")
    func twice() throws {
        try ShapingBench.with { near, _, bench in
            try bench.shape(LinkShaping(Self.delay), in: near) { shaper in
                let again = try shaper.apply()
                #expect(again.isEmpty)
                let error = #expect(throws: ShapingError.self) {
                    _ = try InterfaceShaper(LinkShaping(Self.delay), in: near)
                }
                #expect(error?.code == .inUse)
            }
            try bench.shape(LinkShaping(Self.delay), in: near) { shaper in
                try shaper.undo()
                try shaper.undo()
                let error = #expect(throws: ShapingError.self) { try shaper.apply() }
                #expect(error?.cause.contains("undone") == true)
            }
        }
    }

    @Test("an interface that goes away while it is shaped takes everything along, and that is said")
    func gone() throws {
        try ShapingBench.with { near, _, bench in
            let shaper = try InterfaceShaper(LinkShaping(Self.delay, direction: .both), in: near)
            _ = try shaper.apply()
            try bench.near.delete(linkNamed: "eth0")
            let error = #expect(throws: ShapingError.self) { try shaper.undo() }
            #expect(error?.code == .absent && error?.cause.contains("somebody removed it") == true)
            try shaper.undo()
            #expect(try bench.near.links().map(\.name) == ["lo"])
        }
    }

    @Test("a seed is taken and read back, or refused by its kernel's age, and then nothing is left")
    func seed() throws {
        try ShapingBench.with { near, far, bench in
            let impairment = LinkImpairment(loss: .random(.init(0.3)), seed: 7)
            let before = try bench.everything()
            let shaper = try InterfaceShaper(LinkShaping(impairment), in: near)
            do throws(ShapingError) {
                _ = try shaper.apply()
            } catch {
                #expect(error.code == .unsupported)
                #expect(error.description.contains("6.6"))
                #expect(try bench.everything() == before)
                return
            }
            try shaper.undo()
            let client = try DatagramEnd(ShapingBench.nearAddress, port: 4_000, in: near)
            let server = try DatagramEnd(ShapingBench.farAddress, port: 4_001, in: far)
            _ = try ShapingBench.roundTrip(1, client, server)
            var flows: [[UInt32]] = []
            for _ in 0..<2 {
                try bench.shape(LinkShaping(impairment), in: near) { _ in
                    flows.append(ShapingBench.flow(200, from: client, to: server))
                }
            }
            #expect(flows[0] == flows[1])
        }
    }
}
