import Contract
import Glibc
import LinuxHost
import TestSupport
import Testing
import TrafficShaping

@Suite(
    "Agents that shape", .serialized,
    .enabled(if: ShapingSetting.isThere, Comment(rawValue: ShapingSetting.reason)), .leavesNothing("shaping")
)
struct ShapingAgentTests {
    private static let shaping = LinkShaping(
        LinkImpairment(loss: .random(.init(0.5))), direction: .both, filters: [TrafficFilter(peerPort: 9)])

    /// Waits for the interface to be as it was.
    private func isBack(_ bench: ShapingBench, _ before: [String]) throws -> Bool {
        let end = ContinuousClock.now + .seconds(10)
        while try bench.everything() != before, ContinuousClock.now < end { usleep(5_000) }
        return try bench.everything() == before
    }

    @Test("what is told to stop puts all back, and says what went through")
    func stops() throws {
        try ShapingBench.with { _, _, bench in
            let before = try bench.everything()
            let held = try HeldShaping(Self.shaping, in: bench.name)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            #expect(try bench.everything() != before)
            try held.stop()
            var metrics: [String] = []
            _ = try held.event { event -> Bool? in
                if case .sample(let sample) = event { metrics.append(sample.metric) }
                return event == .done ? true : nil
            }
            #expect(
                metrics == [
                    "shaping_packets_egress", "shaping_drops_egress", "shaping_packets_ingress",
                    "shaping_drops_ingress",
                ])
            #expect(held.end() == 0)
            #expect(try bench.everything() == before)
        }
    }

    @Test("nobody has to come: at its deadline all is put back, and that is no success")
    func deadline() throws {
        try ShapingBench.with { _, _, bench in
            let before = try bench.everything()
            let held = try HeldShaping(Self.shaping, in: bench.name, deadlineSeconds: 3)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            let code = try held.event { event in if case .failure(let code, _) = event { code } else { nil } }
            #expect(code == FailureCode.timedOut.rawValue)
            #expect(try bench.everything() == before)
        }
    }

    @Test("when the run's process is killed the agent puts all back before it goes", arguments: 1...3)
    func ownerKilled(_: Int) throws {
        try ShapingBench.with { _, _, bench in
            let before = try bench.everything()
            let owner = try TestProcess.start("sleep", "1000")
            let held = try HeldShaping(Self.shaping, in: bench.name, owner: owner)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            #expect(try bench.everything() != before)
            kill(owner, SIGKILL)
            #expect(TestProcess.endingSignal(of: owner) == SIGKILL)
            #expect(held.end() == SIGKILL)
            #expect(try bench.everything() == before)
        }
    }

    @Test("whenever the run's process is killed, nothing of the shaping is left")
    func ownerKilledAnyTime() throws {
        try ShapingBench.with { _, _, bench in
            let before = try bench.everything()
            for moment in 0..<12 {
                let owner = try TestProcess.start("sleep", "1000")
                let held = try HeldShaping(Self.shaping, in: bench.name, owner: owner)
                // It starts, reads its plan, and makes a dozen requests within this time.
                usleep(UInt32(moment * moment) * 6_000)
                kill(owner, SIGKILL)
                #expect(TestProcess.endingSignal(of: owner) == SIGKILL)
                _ = held.end()
                #expect(try bench.everything() == before, "moment \(moment)")
            }
        }
    }

    @Test("SIGTERM puts all back")
    func terminated() throws {
        try ShapingBench.with { _, _, bench in
            let before = try bench.everything()
            let held = try HeldShaping(Self.shaping, in: bench.name)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            kill(held.pid, SIGTERM)
            #expect(try isBack(bench, before))
        }
    }

    @Test("an agent that is killed leaves the shaping, which the next one finds and clears away")
    func agentKilled() throws {
        try ShapingBench.with { near, _, bench in
            let before = try bench.everything()
            let held = try HeldShaping(Self.shaping, in: bench.name)
            let obstacle = try held.ready()
            #expect(obstacle == nil)
            let shaped = try bench.everything()
            kill(held.pid, SIGKILL)
            #expect(held.end() == SIGKILL)
            #expect(try bench.everything() == shaped)
            let next = try InterfaceShaper(LinkShaping(LinkImpairment(delay: .init(nanoseconds: 1_000_000))), in: near)
            let remarks = try next.apply()
            #expect(remarks.first?.contains("killed") == true)
            try next.undo()
            // All but how packets are cut, which nobody knows any more.
            #expect(try bench.everything().dropLast() == before.dropLast())
        }
    }

    @Test("the machine's network is refused by its agent, too")
    func refused() throws {
        let agent = try HeldShaping(Self.shaping, in: "../../proc/self/ns/net")
        let obstacle = try agent.ready()
        #expect(obstacle?.contains("this is the network of the ") == true)
    }
}
