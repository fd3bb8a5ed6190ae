import LinuxHost
import ServiceLab
import ServiceProxies
import Testing

@testable import Probes

@Suite("When a client sees a change")
struct VisibilityPollTests {
    private func withServer(silentMilliseconds: UInt32, _ body: (ServiceTable.Target) throws -> Void) throws {
        let server = try QuietServer(silentMilliseconds: silentMilliseconds)
        defer { server.end() }
        try body(ServiceTable.Target(service: 0, address: QuietServer.address, port: server.port))
    }

    @Test("a change counts from the start of the attempt that saw it first, however long that took")
    func startOfTheAttempt() throws {
        try withServer(silentMilliseconds: 10) { target in
            let poll = VisibilityPoll(
                target, expecting: .answer(QuietServer.address...QuietServer.address), stop: ProbeStop())
            let start = Clock.monotonicNanoseconds()
            let finding = try poll.run(since: start)
            let took = Clock.monotonicNanoseconds() - start
            guard case .visible(let nanoseconds) = finding else {
                Issue.record("\(finding)")
                return
            }
            #expect(took >= 10_000_000)
            #expect(nanoseconds + 5_000_000 < took, "\(nanoseconds) of \(took) ns")
        }
    }

    @Test("a service that still answers is not gone, and what is not seen is given up in time")
    func givenUp() throws {
        try withServer(silentMilliseconds: 0) { target in
            let poll = VisibilityPoll(target, expecting: .silence, stop: ProbeStop())
            poll.returned(patience: 30_000_000)
            guard case .unseen(let nanoseconds) = try poll.run(since: Clock.monotonicNanoseconds()) else {
                Issue.record("an answer was taken for silence")
                return
            }
            #expect(nanoseconds >= 29_000_000)
        }
    }

    @Test("a refused connection is silence, and the answer of another endpoint is not the one that is waited for")
    func strangers() throws {
        let nowhere = ServiceTable.Target(service: 0, address: QuietServer.address, port: 1)
        let silence = VisibilityPoll(nowhere, expecting: .silence, stop: ProbeStop())
        guard case .visible = try silence.run(since: Clock.monotonicNanoseconds()) else {
            Issue.record("a refused connection is no sign of silence")
            return
        }
        try withServer(silentMilliseconds: 0) { target in
            let other = QuietServer.address.advanced(by: 1)
            let poll = VisibilityPoll(target, expecting: .answer(other...other), stop: ProbeStop())
            poll.returned(patience: 20_000_000)
            guard case .unseen = try poll.run(since: Clock.monotonicNanoseconds()) else {
                Issue.record("a stranger's answer was taken")
                return
            }
        }
    }
}
