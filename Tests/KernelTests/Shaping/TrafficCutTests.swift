import Contract
import Glibc
import LinuxHost
import Netlink
import Quantities
import TestSupport
import Testing
import TrafficShaping

@Suite(
    "Packets that are kept from going on", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)), .leavesNothing("shaping")
)
struct TrafficCutTests {
    /// Two ends that exchange datagrams, and what of so many arrives in one direction.
    private struct Ends {
        let near: DatagramEnd
        let far: DatagramEnd

        init(
            _ near: borrowing NetworkNamespace, _ far: borrowing NetworkNamespace, port: UInt16 = 4_000,
            isSix: Bool = false
        ) throws {
            self.near = try DatagramEnd(
                isSix ? ShapingBench.nearAddress6 : ShapingBench.nearAddress, port: 4_000, in: near)
            self.far = try DatagramEnd(
                isSix ? ShapingBench.farAddress6 : ShapingBench.farAddress, port: port, in: far)
        }

        /// How many arrive of ten that are sent; nil where the system did not take them.
        func arriving(leaving: Bool, bytes: Int = 64) -> Int? {
            let (from, to) = leaving ? (near, far) : (far, near)
            for number in 0..<UInt32(10) { guard from.send(number, bytes: bytes, to: to) else { return nil } }
            var count = 0
            while to.receive(milliseconds: count < 10 ? 150 : 1) != nil { count += 1 }
            return count
        }
    }

    private func tables(_ namespace: borrowing NetworkNamespace) throws -> [PacketFilterTable] {
        try PacketFilterSocket(in: namespace).tables()
    }

    /// Holds a cut by an agent while the body runs, and expects nothing of it to be left.
    private func hold(
        _ cut: TrafficCut, in near: borrowing NetworkNamespace, _ bench: ShapingBench, _ body: () throws -> Void
    ) throws -> Double? {
        let before = try bench.everything()
        let held = try HeldShaping(cut, in: bench.name)
        let obstacle = try held.ready()
        #expect(obstacle == nil)
        #expect(try tables(near).count == 1)
        try body()
        try held.stop()
        var packets: Double?
        _ = try held.event { event -> Bool? in
            if case .sample(let sample) = event, sample.metric == ConditionMetrics.cutPackets.name {
                packets = sample.value
            }
            return event == .done ? true : nil
        }
        #expect(held.end() == 0)
        #expect(try tables(near).isEmpty)
        #expect(try bench.everything() == before)
        return packets
    }

    @Test(
        "one direction vanishes and the other does not, of both families, and no sender is told",
        arguments: [ShapingDirection.egress, .ingress, .both])
    func directions(_ direction: ShapingDirection) throws {
        try ShapingBench.with { near, far, bench in
            for isSix in [false, true] {
                let ends = try Ends(near, far, isSix: isSix)
                #expect(ends.arriving(leaving: true) == 10)
                #expect(ends.arriving(leaving: false) == 10)
                let packets = try hold(TrafficCut(direction: direction), in: near, bench) {
                    #expect(ends.arriving(leaving: true) == (direction.hasEgress ? 0 : 10))
                    #expect(ends.arriving(leaving: false) == (direction.hasIngress ? 0 : 10))
                }
                #expect((packets ?? 0) >= (direction == .both ? 20 : 10))
                #expect(ends.arriving(leaving: true) == 10)
                #expect(ends.arriving(leaving: false) == 10)
            }
        }
    }

    @Test("filters and exempt say which packets, by peer, content and port")
    func filters() throws {
        try ShapingBench.with { near, far, bench in
            let (dns, other) = (try Ends(near, far, port: 53), try Ends(near, far, port: 54, isSix: true))
            _ = try hold(.deadDNS(), in: near, bench) {
                #expect(dns.arriving(leaving: true) == 0)
                #expect(dns.arriving(leaving: false) == 10)
                #expect(other.arriving(leaving: true) == 10)
            }
            let far = CIDR(ShapingBench.farAddress, clampedPrefixLength: 32)
            let cut = TrafficCut(
                filters: [TrafficFilter(peer: far, content: .udp)], exempt: [TrafficFilter(content: .udp, peerPort: 53)]
            )
            _ = try hold(cut, in: near, bench) {
                #expect(dns.arriving(leaving: true) == 10)
                #expect(other.arriving(leaving: true) == 10, "another address")
            }
        }
    }

    @Test("packets above a size vanish and those of it do not", arguments: [false, true])
    func blackHole(_ isSix: Bool) throws {
        try ShapingBench.with { near, far, bench in
            let ends = try Ends(near, far, isSix: isSix)
            let headers = isSix ? 48 : 28
            _ = try hold(.blackHole(above: 1_200), in: near, bench) {
                #expect(ends.arriving(leaving: true, bytes: 1_200 - headers) == 10)
                #expect(ends.arriving(leaving: true, bytes: 1_201 - headers) == 0)
                #expect(ends.arriving(leaving: false, bytes: 1_400 - headers) == 10)
            }
        }
    }

    @Test("a connection whose segments are small passes a black hole, and one whose are not stands still")
    func streams() throws {
        try ShapingBench.with { near, far, bench in
            _ = try hold(.blackHole(above: 1_600), in: near, bench) {
                let goodput = try StreamPair(from: near, to: far).goodput(seconds: 0.3)
                #expect(goodput > 1e6)
            }
            _ = try hold(.blackHole(above: 1_200), in: near, bench) {
                let goodput = try StreamPair(from: near, to: far).goodput(seconds: 0.3)
                #expect(goodput == 0)
            }
        }
    }

    @Test("what is refused is told so: a connection is reset, a datagram gets an error")
    func refused() throws {
        try ShapingBench.with { near, far, bench in
            let ends = try Ends(near, far, port: 80)
            let cut = TrafficCut.serviceWithoutEndpoints(ShapingBench.farAddress, port: 80, transport: .udp)
            _ = try hold(cut, in: near, bench) { #expect(ends.arriving(leaving: true) != 10) }
            let closed = TrafficCut.serviceWithoutEndpoints(ShapingBench.farAddress, port: 5_000)
            _ = try hold(closed, in: near, bench) {
                let error = #expect(throws: HostError.self) { _ = try StreamPair(from: near, to: far) }
                #expect(error?.errno == ECONNREFUSED)
            }
        }
    }

    @Test("at the deadline, and whenever the run's process is killed, nothing of it is left")
    func killed() throws {
        try ShapingBench.with { near, _, bench in
            let late = try HeldShaping(TrafficCut(), in: bench.name, deadlineSeconds: 2)
            let obstacle = try late.ready()
            #expect(obstacle == nil)
            #expect(late.end() == 0)
            #expect(try tables(near).isEmpty)
            for moment in 0..<8 {
                let owner = try TestProcess.start("sleep", "1000")
                let held = try HeldShaping(TrafficCut(above: 1_000), in: bench.name, owner: owner)
                usleep(UInt32(moment * moment) * 8_000)
                kill(owner, SIGKILL)
                #expect(TestProcess.endingSignal(of: owner) == SIGKILL)
                _ = held.end()
                #expect(try tables(near).isEmpty, "moment \(moment)")
            }
        }
    }

    @Test("what a killed agent left is cleared by the next, and somebody else's rules stay")
    func leftovers() throws {
        try ShapingBench.with { near, _, bench in
            let held = try HeldShaping(TrafficCut(), in: bench.name)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            kill(held.pid, SIGKILL)
            #expect(held.end() == SIGKILL)
            #expect(try tables(near).count == 1)
            let process = try TestProcess.start(
                words: ["ip", "netns", "exec", bench.name, "nft", "add", "table", "inet", "theirs"])
            #expect(TestProcess.exitCode(of: process) == 0)
            let next = try HeldShaping(TrafficCut(), in: bench.name)
            let remark = try next.event { event in if case .remark(let text) = event { text } else { nil } }
            #expect(remark?.contains("killed") == true)
            let reason = try next.ready()
            #expect(reason == nil)
            try next.stop()
            #expect(next.end() == 0)
            #expect(try tables(near).map(\.description) == ["inet theirs"])
        }
    }

    @Test("the loopback is refused")
    func loopback() throws {
        try ShapingBench.with { near, _, _ in
            let error = #expect(throws: ShapingError.self) { try InterfaceCut(TrafficCut(interface: "lo"), in: near) }
            #expect(error?.code == .refused)
        }
    }
}
