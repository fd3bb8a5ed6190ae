import Contract
import Foundation
import Testing

@testable import Netlink
@testable import TrafficShaping

@Suite("Offloads: what is read, and what has to be changed")
struct OffloadTests {
    /// The features of a veth as Linux 6.18 answers.
    static func recorded() throws -> [UInt8] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/ethtool/veth-features", withExtension: "hex"))
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
            .flatMap { $0.split(separator: " ") }.compactMap { UInt8($0, radix: 16) }
    }

    private func read(_ bytes: [UInt8]) -> OffloadState? { bytes.withUnsafeBytes { OffloadMessage.state($0) } }

    /// A device that has two offloads of its own, one that is fixed and on, and one that is fixed and off.
    private static let device = OffloadState(
        known: ["tx-tcp-segmentation", "tx-tcp6-segmentation", "rx-gro", "rx-lro", "highdma"],
        changeable: ["tx-tcp-segmentation", "rx-gro"], wanted: ["tx-tcp-segmentation"],
        active: ["tx-tcp-segmentation", "highdma"])

    @Test("what the kernel answers is read: what there is, what can be changed, what is wanted and in use")
    func answer() throws {
        let state = try #require(read(Self.recorded()))
        #expect(state.known.count == 60 && state.known.contains("rx-lro"))
        #expect(state.changeable.count == 29 && !state.changeable.contains("rx-lro"))
        #expect(state.wanted.count == 25 && state.active == state.wanted)
        #expect(state.changeable.contains("rx-gro") && !state.active.contains("rx-gro"))
        #expect(state.active.isSuperset(of: Offloads.members(of: "tso")))
        for members in Offloads.groups.values {
            for member in members { #expect(state.known.contains(member), "\(member)") }
        }
    }

    @Test("an answer that is cut, or says less, is none")
    func damaged() throws {
        let whole = try Self.recorded()
        let kept = stride(from: 0, to: whole.count, by: 97).filter { read(Array(whole[..<$0])) != nil }
        #expect(kept.isEmpty, "\(kept)")
        // The type of the set of what is in use, 4 | NLA_F_NESTED, becomes one that there is not.
        var other = whole
        let places = stride(from: 3_000, to: whole.count - 4, by: 4).filter {
            whole[$0 + 2] == 4 && whole[$0 + 3] == 0x80
        }
        let place = try #require(places.first)
        other[place + 2] = 40
        #expect(read(other) == nil)
    }

    @Test("a request says which bits it is about, and sets those that are to be on")
    func request() {
        var writer = MessageWriter()
        OffloadMessage.set(["rx-gro": true, "rx-lro": false], ofLinkWithIndex: 7, to: &writer)
        let expected: [UInt8] = [
            12, 1, 0, 0,
            20, 0, 1, 0x80, 8, 0, 1, 0, 7, 0, 0, 0, 8, 0, 3, 0, 2, 0, 0, 0,
            44, 0, 3, 0x80, 40, 0, 3, 0x80,
            20, 0, 1, 0x80, 11, 0, 2, 0, 0x72, 0x78, 0x2D, 0x67, 0x72, 0x6F, 0, 0, 4, 0, 3, 0,
        ]
        #expect(Array(writer.bytes.prefix(expected.count)) == expected)
        #expect(writer.bytes.count == expected.count + 16)
    }

    @Test("a short name stands for all that the device has of it")
    func groups() throws {
        #expect(
            try OffloadPlan.changes(["tso": false, "gro": true], on: Self.device, of: "eth0") == [
                "tx-tcp-segmentation": false, "rx-gro": true,
            ])
        #expect(try OffloadPlan.changes(["lro": false], on: Self.device, of: "eth0").isEmpty)
        #expect(try OffloadPlan.changes(["highdma": true], on: Self.device, of: "eth0").isEmpty)
    }

    @Test(
        "what cannot be is refused with the name, the device and what it can",
        arguments: [
            (["lro": true], "cannot turn on lro of eth0: the device does not have it: it is off and fixed"),
            (["highdma": false], "cannot turn off highdma of eth0: highdma is on and fixed"),
            (["no-such": false], "cannot turn off no-such of eth0: this kernel knows no such offload"),
        ])
    func refusals(_ features: [String: Bool], _ words: String) {
        let error = #expect(throws: ShapingError.self) {
            try OffloadPlan.changes(features, on: Self.device, of: "eth0")
        }
        #expect(error?.code == .refused)
        #expect(error?.description == "\(words). what it can change: rx-gro, tx-tcp-segmentation")
    }

    @Test("what the kernel does not hold is named, and so is what went along")
    func readBack() {
        var after = Self.device
        after.active = ["rx-gro"]
        let changes = ["tx-tcp-segmentation": true, "rx-gro": true]
        #expect(OffloadPlan.difference(changes, after) == "tx-tcp-segmentation is off")
        #expect(OffloadPlan.difference(["rx-gro": true], after) == nil)
        #expect(
            OffloadPlan.followers(of: ["rx-gro": true], Self.device, after) == [
                "highdma went off with it", "tx-tcp-segmentation went off with it",
            ])
    }

    @Test("what was before is told as text, and is put back from it")
    func record() throws {
        let record = OffloadRecord(Self.device)
        #expect(record.text == "rx-gro off off\ntx-tcp-segmentation on on")
        #expect(OffloadRecord(text: record.text) == record)
        var now = Self.device
        now.wanted = ["rx-gro"]
        #expect(record.changes(from: now) == ["rx-gro": false, "tx-tcp-segmentation": true])
        #expect(record.difference(now) == "rx-gro, tx-tcp-segmentation is not as before")
        #expect(record.difference(Self.device) == nil)
    }

    @Test(
        "a text that is no record is none",
        arguments: ["rx-gro", "rx-gro on", "rx-gro on on on", " on on", "rx-gro on yes", "a on on\na off off"])
    func noRecord(_ text: String) { #expect(OffloadRecord(text: text) == nil) }

    @Test("a condition knows its words, survives a plan, and refuses what is no offload")
    func condition() throws {
        let offloads = Offloads(["tso": false, "gro": true])
        #expect(offloads.words == "eth0 with gro on and tso off")
        let plan = ProbePlan(probe: offloads, deadlineSeconds: 1)
        #expect(try ProbePlan(json: plan.json(), kinds: [Offloads.self]) == plan)
        let told = Artifact(name: Offloads.artifact, mediaType: "text/plain", text: "rx-gro off off")
        #expect((offloads.remedy(told: [told]) as? Offloads)?.restoring == "rx-gro off off")
        #expect((offloads.remedy(told: []) as? Offloads)?.restoring?.isEmpty == true)
        for wrong in [
            [:], ["TSO": true], ["a": true], ["tso": true, "tx-tcp6-segmentation": false],
            [String(repeating: "a", count: 32): true],
        ] {
            #expect(throws: PlanError.self) { try Offloads(wrong).validate() }
        }
        #expect(throws: PlanError.self) { try Offloads(["tso": true], interface: "a/b").validate() }
    }
}
