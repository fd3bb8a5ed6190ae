import Contract
import LinuxHost
import Processes
import Quantities
import Sockets
import Synchronization
import Testing

@testable import Probes

@Suite("running tools")
struct ToolRunnerTests {
    private func runner(_ stop: ProbeStop = ProbeStop(), seconds: UInt64 = 20) -> ToolRunner {
        ToolRunner(stop: stop, deadline: Clock.monotonicNanoseconds() + seconds * 1_000_000_000)
    }

    @Test("the output of a program that ends")
    func programEnds() async throws {
        let output = try await runner().run(Command(executable: "echo", arguments: ["hello"]))
        #expect(output?.standardOutput == "hello\n")
    }

    @Test("a stop ends the program")
    func stopEndsProgram() async throws {
        let stop = ProbeStop()
        let output = try await withThrowingTaskGroup(of: ProcessOutput?.self) { group in
            group.addTask { try await runner(stop).run(Command(executable: "sleep", arguments: ["600"])) }
            try await Task.sleep(for: .milliseconds(30))
            stop.trip()
            return try await group.next() ?? nil
        }
        #expect(output == nil)
    }

    @Test("the deadline ends the program")
    func deadlineEndsProgram() async {
        await #expect {
            _ = try await runner(seconds: 0).run(Command(executable: "sleep", arguments: ["600"]))
        } throws: {
            ($0 as? ProbeFailure)?.code == .timedOut
        }
    }

    @Test("a program that is missing")
    func programIsMissing() async {
        await #expect {
            _ = try await runner().run(Command(executable: "/nonexistent/tool"))
        } throws: {
            ($0 as? ProbeFailure)?.code == .toolMissing
        }
    }

    @Test("a server program that ends before it listened is never ready, and its words are kept")
    func serverThatEnds() async throws {
        let output = Collector()
        let server = ToolServer(runner: runner(), tool: "echo", version: "1", output: output)
        let error = await #expect(throws: ProbeFailure.self) {
            _ = try await server.run(
                wanted: 0,
                command: { _ in Command(executable: "echo", arguments: ["no", "socket"]) },
                isPortInUse: { _ in false }
            )
        }
        #expect(error?.code == .toolFailed)
        #expect(error?.message.contains("before it listened") == true)
        #expect(error?.words == "no socket\n")
        #expect(output.port == nil)
    }

    @Test(
        "a server program that does not listen until the deadline has timed out; a stop on request is its regular end")
    func serverThatIsDeaf() async throws {
        for reason in [ProbeStop.Reason.deadline, .requested] {
            let stop = ProbeStop()
            let server = ToolServer(runner: runner(stop), tool: "sleep", version: "1", output: Collector())
            let result = await withTaskGroup(of: Result<ProcessOutput?, ProbeFailure>.self) { group in
                group.addTask {
                    do throws(ProbeFailure) {
                        let command = Command(executable: "sleep", arguments: ["600"])
                        return .success(
                            try await server.run(wanted: 0, command: { _ in command }, isPortInUse: { _ in false }))
                    } catch {
                        return .failure(error)
                    }
                }
                try? await Task.sleep(for: .milliseconds(30))
                stop.trip(reason)
                return await group.next()
            }
            switch result {
            case .failure(let error)?: #expect(reason == .deadline && error.code == .timedOut)
            case .success(let output)?: #expect(reason == .requested && output == nil)
            case nil: Issue.record("it did not end")
            }
        }
    }

    @Test("a taken port: a named one fails, a free one is chosen anew a few times")
    func portIsTaken() async throws {
        let output = Collector()
        let server = ToolServer(runner: runner(), tool: "true", version: "1", output: output)
        let attempts = Mutex(0)
        await #expect {
            _ = try await server.run(
                wanted: 0,
                command: { _ in
                    attempts.withLock { $0 += 1 }
                    return Command(executable: "true")
                },
                isPortInUse: { _ in true }
            )
        } throws: {
            ($0 as? ProbeFailure)?.code == .portInUse
        }
        #expect(attempts.withLock { $0 } == 5)

        let socket = try Socket(.tcp, .ipv4)
        try socket.bind(family: .ipv4, port: 0)
        try socket.listen(backlog: 1)
        let port = try socket.localPort()
        await #expect {
            _ = try await server.run(
                wanted: port,
                command: { _ in Command(executable: "true") },
                isPortInUse: { _ in false }
            )
        } throws: {
            ($0 as? ProbeFailure)?.message.contains("\(port)") == true
        }
        _ = socket.descriptor
    }
}
