import Contract
import LinuxHost
import Quantities
import Synchronization
import Testing

@testable import Probes

@Suite("Checks that wait for what is expected")
struct ConvergenceTests {
    private static func run(
        _ check: ReachProbe.Check, count: Int = 2, limit: UInt64 = 400_000_000
    ) async throws -> ReachResult {
        let output = Collector()
        let probe = ReachProbe(
            checks: [check], count: count, intervalNanoseconds: 5_000_000, timeoutNanoseconds: 20_000_000,
            limitNanoseconds: limit)
        await ProbeEngine.run(ProbePlan(probe: probe, deadlineSeconds: 10), output: output)
        #expect(output.failure == nil, "\(output.message)")
        for case .artifact(let artifact) in output.events where artifact.name == ReachResult.artifact {
            return try ReachResult(json: artifact.text)
        }
        throw ProbeFailure(.system, "there is no result")
    }

    @Test("the time is that until the first of the attempts in a row that are as expected")
    func converges() async throws {
        let start = Clock.monotonicNanoseconds()
        let late = try Responder { _, bytes in Clock.monotonicNanoseconds() - start > 100_000_000 ? [bytes] : [] }
        let result = try await Self.run(
            .init(id: 3, method: .udp, address: try Loopback.address(), port: late.port, until: [.reached]))
        late.end()
        #expect(result.id == 3 && result.outcome == .reached)
        #expect(result.times.count == 2 && result.loss == 0)
        let after = try #require(result.convergedAfter)
        #expect((50_000_000..<350_000_000).contains(after), "\(after)")
        #expect(result.watched == after)
    }

    @Test("one attempt that is not as expected begins the row anew")
    func row() async throws {
        let third = try Responder { number, bytes in number % 3 == 2 || number > 9 ? [bytes] : [] }
        let result = try await Self.run(
            .init(id: 0, method: .udp, address: try Loopback.address(), port: third.port, until: [.reached]), count: 3,
            limit: 2_000_000_000)
        third.end()
        #expect(result.outcome == .reached)
        // Of the attempts before the row at least six were lost, each after 20 ms.
        #expect((result.convergedAfter ?? 0) > 120_000_000)
    }

    @Test("what never comes is told with the time that was waited, and what came last")
    func never() async throws {
        let silent = try Responder { _, _ in [] }
        let result = try await Self.run(
            .init(id: 0, method: .udp, address: try Loopback.address(), port: silent.port, until: [.reached]),
            limit: 100_000_000)
        silent.end()
        #expect(result.outcome == .timedOut)
        #expect(result.convergedAfter == nil)
        #expect((result.watched ?? 0) >= 90_000_000)
        #expect(result.sent >= 3)
    }

    @Test("silence is waited for, too, where that is expected")
    func blocked() async throws {
        let silent = try Responder { _, _ in [] }
        let result = try await Self.run(
            .init(
                id: 0, method: .udp, address: try Loopback.address(), port: silent.port,
                until: [.timedOut, .unreachable]))
        silent.end()
        #expect(result.outcome == .timedOut)
        #expect(result.convergedAfter == 0)
    }

    @Test("a wait needs a limit")
    func limit() throws {
        let check = ReachProbe.Check(id: 0, method: .icmp, address: try Loopback.address(), until: [.reached])
        #expect(throws: PlanError.self) { try ReachProbe(checks: [check]).validate() }
        try ReachProbe(checks: [check], limitNanoseconds: 1).validate()
    }
}
