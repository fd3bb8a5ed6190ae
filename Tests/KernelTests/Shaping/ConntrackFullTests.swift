import Contract
import Foundation
import Glibc
import LinuxHost
import Netlink
import Quantities
import Synchronization
import TestSupport
import Testing

@testable import TrafficShaping

@Suite(
    "Connection trackers that are full", .serialized,
    .enabled(if: TrackerSetting.isThere, Comment(rawValue: TrackerSetting.reason)), .leavesNothing("shaping")
)
struct ConntrackFullTests {
    private func number(_ setting: String, _ namespace: borrowing NetworkNamespace) throws -> Int {
        try #require(Int(try Sysctl.read("net.netfilter.nf_conntrack_\(setting)", in: namespace).filter(\.isNumber)))
    }

    private func rules(_ namespace: borrowing NetworkNamespace) throws -> [String] {
        try PacketFilterSocket(in: namespace).tables().map(\.description)
    }

    private func ours(_ namespace: borrowing NetworkNamespace) throws -> Int {
        try ConntrackSocket(in: namespace).count(mark: TrackerFill.mark)
    }

    /// Has the namespace track connections without us, with one that nobody of ours made.
    private func track(_ bench: ShapingBench, _ namespace: borrowing NetworkNamespace) throws {
        for words in [
            "table inet theirs", "chain inet theirs track { type filter hook prerouting priority 0 ; }",
            "rule inet theirs track ct state new counter",
        ] {
            let process = try TestProcess.start(
                words: ["ip", "netns", "exec", bench.name, "nft", "add"] + words.split(separator: " ").map(String.init))
            #expect(TestProcess.exitCode(of: process) == 0, "nft add \(words)")
        }
        var theirs = TrackerFill.entry(0, timeoutSeconds: 600)
        theirs.mark = 7
        // Not one of the addresses that we take.
        theirs.destination = CompactAddress(ipv4: 0xC613_0002)
        #expect(try ConntrackSocket(in: namespace).add([theirs]).refusals.isEmpty)
    }

    /// Whether a datagram of a new connection arrives, and whether its answer does.
    private func isThrough(
        _ near: borrowing NetworkNamespace, _ far: borrowing NetworkNamespace, port: UInt16, isSix: Bool = false,
        leaving: Bool = true
    ) throws -> Bool {
        let ends = (
            near: try DatagramEnd(
                isSix ? ShapingBench.nearAddress6 : ShapingBench.nearAddress, port: port, in: near),
            far: try DatagramEnd(isSix ? ShapingBench.farAddress6 : ShapingBench.farAddress, port: port, in: far)
        )
        let (from, to) = leaving ? (ends.near, ends.far) : (ends.far, ends.near)
        guard from.send(1, to: to), to.receive(milliseconds: 200) == 1 else { return false }
        return to.send(2, to: from) && from.receive(milliseconds: 200) == 2
    }

    /// What the agent said of itself until its end.
    private func samples(_ held: HeldShaping) throws -> [String: Double] {
        var samples: [String: Double] = [:]
        _ = try held.event { event -> Bool? in
            if case .sample(let sample) = event { samples[sample.metric] = sample.value }
            return event == .done ? true : nil
        }
        return samples
    }

    @Test("new connections get no packet through, one that is tracked goes on, and all is as before afterwards")
    func full() throws {
        try ShapingBench.with { near, far, bench in
            try track(bench, near)
            let stream = try StreamPair(from: near, to: far)
            #expect(stream.goodput(seconds: 0.2) > 1e6)
            let before = (rules: try rules(near), limit: try number("max", near))
            let held = try HeldShaping(ConntrackFull(), in: bench.name)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            #expect(try number("count", near) >= before.limit)
            #expect(try rules(near).count == before.rules.count + 1)
            // The tracker of a namespace is counted by itself, and what the detector reads is that of its own.
            #expect(try number("count", far) < 100)
            let seen = try near.run { () throws(HostError) in NetworkCounters.read() }
            #expect(seen.trackedLimit == before.limit && (seen.trackedConnections ?? 0) >= before.limit * 9 / 10)
            for (offset, isSix) in [false, true].enumerated() {
                for (index, leaving) in [true, false].enumerated() {
                    let port = UInt16(6_000 + offset * 2 + index)
                    let isThrough = try isThrough(near, far, port: port, isSix: isSix, leaving: leaving)
                    #expect(!isThrough, "\(port)")
                }
            }
            #expect(try !TrackerSetting.connects(from: near, to: far))
            #expect(stream.goodput(seconds: 0.3) > 1e6)
            // Somebody else's connection ends and makes room, which is filled again.
            try ConntrackSocket(in: near).delete(mark: 7)
            usleep(400_000)
            #expect(try number("count", near) >= before.limit)
            try held.stop()
            let samples = try samples(held)
            #expect(held.end() == 0)
            #expect((samples[ConditionMetrics.trackerDrops.name] ?? 0) >= 5)
            let entries = try #require(samples[ConditionMetrics.trackerEntries.name])
            #expect(entries > Double(before.limit) * 0.9 && entries <= Double(before.limit))
            TrackerSetting.note(samples)
            #expect(try ours(near) == 0 && number("count", near) < 100)
            #expect(try rules(near) == before.rules)
            #expect(try isThrough(near, far, port: 6_100) && isThrough(near, far, port: 6_101, leaving: false))
            #expect(try TrackerSetting.connects(from: near, to: far))
            #expect(stream.goodput(seconds: 0.2) > 1e6)
        }
    }

    @Test("a connection that nobody tracked goes on when it speaks before the tracker is full")
    func untracked() throws {
        try ShapingBench.with { near, far, bench in
            let stream = TrackerSetting.Talk(try StreamPair(from: near, to: far))
            let held = try HeldShaping(ConntrackFull(), in: bench.name)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            let pair = stream.end()
            #expect(pair.goodput(seconds: 0.3) > 1e6)
            #expect(try !TrackerSetting.connects(from: near, to: far))
            try held.stop()
            #expect(held.end() == 0)
            #expect(try rules(near).isEmpty && ours(near) == 0)
        }
    }

    @Test("nothing of it is left at its deadline, and whenever the run's process is killed")
    func ends() throws {
        try ShapingBench.with { near, far, bench in
            try track(bench, near)
            let late = try HeldShaping(ConntrackFull(), in: bench.name, deadlineSeconds: 12)
            let obstacle = try late.ready()
            #expect(obstacle == nil)
            #expect(late.end() == 0)
            #expect(try ours(near) == 0)
            // From before the rule is loaded until it is full.
            for moment in [0, 150, 400, 700, 1_000, 1_500, 30_000] {
                let owner = try TestProcess.start("sleep", "1000")
                let held = try HeldShaping(ConntrackFull(), in: bench.name, owner: owner)
                if moment > 10_000 { _ = try held.ready() } else { usleep(UInt32(moment) * 1_000) }
                kill(owner, SIGKILL)
                #expect(TestProcess.endingSignal(of: owner) == SIGKILL)
                _ = held.end()
                #expect(try ours(near) == 0, "moment \(moment)")
                #expect(try rules(near) == ["inet theirs"], "moment \(moment)")
            }
            #expect(try ConntrackSocket(in: near).count(mark: 7) == 1)
            #expect(try isThrough(near, far, port: 6_000))
        }
    }

    @Test("what a killed agent left ends by the kernel's own clock, and its rule goes with the next")
    func expires() throws {
        try ShapingBench.with { near, far, bench in
            try track(bench, near)
            let held = try HeldShaping(ConntrackFull(), in: bench.name, deadlineSeconds: 10)
            let start = ContinuousClock.now
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            kill(held.pid, SIGKILL)
            #expect(held.end() == SIGKILL)
            #expect(try number("count", near) >= number("max", near) * 9 / 10)
            #expect(try !isThrough(near, far, port: 6_000))
            // Nobody lists them meanwhile, which would have the kernel forget those whose time is over.
            while try number("count", near) > 100, ContinuousClock.now < start + .seconds(150) { usleep(250_000) }
            TrackerSetting.note(["gone_after": (ContinuousClock.now - start) / .seconds(1)])
            #expect(try number("count", near) <= 100)
            #expect(try isThrough(near, far, port: 6_001))
            #expect(try rules(near).count == 2)
            let filler = try ConntrackFiller(in: near, until: Clock.monotonicNanoseconds() + 60_000_000_000)
            let remarks = try filler.prepare()
            #expect(remarks.count == 1 && remarks.first?.contains("killed") == true)
            #expect(try rules(near) == ["inet theirs"])
            #expect(try ConntrackSocket(in: near).count(mark: 7) == 1)
        }
    }

    @Test("connections that a killed agent left are cleared by the next, and those of others stay")
    func leftovers() throws {
        try ShapingBench.with { near, _, bench in
            try track(bench, near)
            let left = (0..<5_000).map { TrackerFill.entry(UInt32($0), timeoutSeconds: 600) }
            #expect(try ConntrackSocket(in: near).add(left).refusals.isEmpty)
            let filler = try ConntrackFiller(in: near, until: Clock.monotonicNanoseconds() + 60_000_000_000)
            let remarks = try filler.prepare()
            #expect(remarks.count == 1 && remarks.first?.contains("5000 tracked connections") == true)
            #expect(try ours(near) == 0)
            #expect(try ConntrackSocket(in: near).count(mark: 7) == 1)
            try filler.undo()
            let over = #expect(throws: ShapingError.self) { try filler.prepare() }
            #expect(over?.code == .refused)
        }
    }

    @Test("a tracker that somebody fills already, and the network of a process that is to be left alone, are refused")
    func refused() throws {
        try ShapingBench.with { near, _, _ in
            let deadline = Clock.monotonicNanoseconds() + 60_000_000_000
            let first = try ConntrackFiller(in: near, until: deadline)
            let second = #expect(throws: ShapingError.self) { try ConntrackFiller(in: near, until: deadline) }
            #expect(second?.code == .inUse)
            try first.undo()
            _ = try ConntrackFiller(in: near, until: deadline)
            let own = #expect(throws: ShapingError.self) {
                try ConntrackFiller(in: try NetworkNamespace.current(), until: deadline, protecting: [getpid()])
            }
            #expect(own?.code == .refused && own?.description.contains("connection tracker") == true)
        }
    }
}
