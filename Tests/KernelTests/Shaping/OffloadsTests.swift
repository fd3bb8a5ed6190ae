import Contract
import Foundation
import Glibc
import LinuxHost
import Netlink
import TestSupport
import Testing

@testable import TrafficShaping

@Suite(
    "Offloads of a link", .serialized, .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .leavesNothing("shaping")
)
struct OffloadsTests {
    private func state(_ bench: ShapingBench, _ near: borrowing NetworkNamespace) throws -> OffloadState {
        let index = try #require(try bench.near.link(named: "eth0")?.index)
        return try OffloadSocket(in: near).state(ofLinkWithIndex: index, named: "eth0")
    }

    /// The bytes of a packet that leaves, with its headers, while a stream runs.
    private func packetBytes(_ stream: StreamPair, _ near: borrowing NetworkNamespace) throws -> Double {
        func sent() throws -> (bytes: Double, packets: Double) {
            let text = try near.run(failure: { $0 as any Error }) {
                try String(contentsOfFile: "/proc/thread-self/net/dev", encoding: .utf8)
            }
            let line = try #require(text.split(separator: "\n").first { $0.contains("eth0:") })
            let numbers = line.split(separator: ":")[1].split(separator: " ").compactMap { Double($0) }
            return (numbers[8], numbers[9])
        }
        let before = try sent()
        #expect(stream.goodput(seconds: 0.3) > 1e6)
        let after = try sent()
        return (after.bytes - before.bytes) / (after.packets - before.packets)
    }

    @Test("they are as asked while it holds, packets show it, and all is as before afterwards")
    func held() throws {
        try ShapingBench.with { near, far, bench in
            let before = try state(bench, near)
            let stream = try StreamPair(from: near, to: far)
            let whole = try packetBytes(stream, near)
            #expect(whole > 3_000)
            let offloads = try InterfaceOffloads(Offloads(["tso": false, "gso": false, "gro": true]), in: near)
            let told = try offloads.recordText()
            let followers = try offloads.apply()
            try offloads.check()
            let during = try state(bench, near)
            #expect(during.active.isDisjoint(with: Offloads.members(of: "tso") + Offloads.members(of: "gso")))
            #expect(during.active.contains("rx-gro"))
            let cut = try packetBytes(stream, near)
            #expect(cut <= 1_514)
            ShapingSetting.note(
                "bytes of a packet", asked: "segmentation off",
                measured: "\(Int(cut)), before \(Int(whole)); \(followers)")
            #expect(OffloadRecord(text: told) == OffloadRecord(before))
            try offloads.undo()
            #expect(try state(bench, near) == before)
            #expect(try packetBytes(stream, near) > 3_000)
            try offloads.undo()
        }
    }

    @Test("what needs an offload that is turned off goes with it, is told, and comes back with it")
    func followers() throws {
        try ShapingBench.with { near, _, bench in
            let before = try state(bench, near)
            let offloads = try InterfaceOffloads(Offloads(["tx-checksum": false]), in: near)
            let followers = try offloads.apply()
            #expect(followers.contains("tx-tcp-segmentation went off with it"))
            #expect(try !state(bench, near).active.contains("tx-tcp-segmentation"))
            try offloads.undo()
            #expect(try state(bench, near) == before)
        }
    }

    @Test("an agent puts them back at its stop, at its deadline, and when the run is killed", arguments: 0...2)
    func agent(_ way: Int) throws {
        try ShapingBench.with { near, _, bench in
            let before = try state(bench, near)
            let owner = try TestProcess.start("sleep", "1000")
            let held = try HeldShaping(
                Offloads(["tso": false]), in: bench.name, deadlineSeconds: way == 1 ? 2 : 60,
                owner: way == 2 ? owner : nil)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            #expect(try state(bench, near).active.isDisjoint(with: Offloads.members(of: "tso")))
            if way == 0 { try held.stop() }
            kill(owner, SIGKILL)
            #expect(TestProcess.endingSignal(of: owner) == SIGKILL)
            #expect(held.end() == (way == 2 ? SIGKILL : 0))
            #expect(try state(bench, near) == before)
        }
    }

    @Test("where the agent itself was killed, another puts them back with what that one had told")
    func remedy() throws {
        try ShapingBench.with { near, _, bench in
            let before = try state(bench, near)
            let condition = Offloads(["gso": false, "gro": true])
            let held = try HeldShaping(condition, in: bench.name)
            let told = try #require(
                try held.event { event -> Artifact? in
                    if case .artifact(let artifact) = event { artifact } else { nil }
                })
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            let refused = #expect(throws: ShapingError.self) { try InterfaceOffloads(condition, in: near) }
            #expect(refused?.code == .inUse)
            kill(held.pid, SIGKILL)
            #expect(held.end() == SIGKILL)
            #expect(try state(bench, near) != before)
            let remedy = try HeldShaping(condition.remedy(told: [told]), in: bench.name)
            let problem = try remedy.ready()
            #expect(problem == nil)
            try remedy.stop()
            #expect(remedy.end() == 0)
            #expect(try state(bench, near) == before)
            // Nothing was told: it was never changed, and nothing is done.
            let nothing = try #require(condition.remedy(told: []) as? Offloads)
            try InterfaceOffloads(nothing, in: near).undo()
            #expect(try state(bench, near) == before)
        }
    }

    @Test("what the device does not have is refused by name, and nothing is changed")
    func refused() throws {
        try ShapingBench.with { near, _, bench in
            let before = try state(bench, near)
            for (features, words) in [
                (["gso": false, "lro": true], "cannot turn on lro of eth0: the device does not have it"),
                (
                    ["gso": false, "no-such": false],
                    "cannot turn off no-such of eth0: this kernel knows no such offload"
                ),
            ] {
                let error = #expect(throws: ShapingError.self) {
                    try InterfaceOffloads(Offloads(features), in: near).apply()
                }
                #expect(error?.code == .refused)
                #expect(error?.description.hasPrefix(words) == true, "\(error?.description ?? "")")
                #expect(error?.description.contains("rx-gro") == true)
            }
            let loopback = #expect(throws: ShapingError.self) {
                try InterfaceOffloads(Offloads(["tso": false], interface: "lo"), in: near)
            }
            #expect(loopback?.code == .refused)
            let absent = #expect(throws: ShapingError.self) {
                try InterfaceOffloads(Offloads(["tso": false], interface: "eth9"), in: near)
            }
            #expect(absent?.code == .absent)
            let held = try HeldShaping(Offloads(["lro": true]), in: bench.name)
            let reason = try held.ready()
            #expect(reason?.hasPrefix("badPlan: cannot turn on lro of eth0") == true, "\(reason ?? "")")
            #expect(try state(bench, near) == before)
        }
    }

    @Test("what the kernel takes and does not do is an error, and all is as before")
    func unheld() throws {
        try ShapingBench.with { near, _, bench in
            let before = try state(bench, near)
            let error = #expect(throws: ShapingError.self) {
                try InterfaceOffloads(Offloads(["tx-checksum": false, "tso": true]), in: near).apply()
            }
            #expect(error?.code == .unverified)
            #expect(error?.description.contains("tx-tcp-segmentation is off") == true, "\(error?.description ?? "")")
            #expect(try state(bench, near) == before)
        }
    }

    @Test("somebody else who changes them meanwhile is noticed, and an interface that is gone is said to be")
    func others() throws {
        try ShapingBench.with { near, _, bench in
            let offloads = try InterfaceOffloads(Offloads(["gso": false]), in: near)
            _ = try offloads.apply()
            let index = try #require(try bench.near.link(named: "eth0")?.index)
            try OffloadSocket(in: near).set(
                ["tx-generic-segmentation": true], ofLinkWithIndex: index, named: "eth0")
            let changed = #expect(throws: ShapingError.self) { try offloads.check() }
            #expect(changed?.code == .unverified)
            try bench.near.delete(linkNamed: "eth0")
            let gone = #expect(throws: ShapingError.self) { try offloads.undo() }
            #expect(gone?.code == .absent)
        }
    }
}
