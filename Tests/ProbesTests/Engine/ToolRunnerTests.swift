import LinuxHost
import Processes
import Quantities
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

    @Test("a server program that does not listen is never ready, and its end is told")
    func serverThatEnds() async throws {
        let output = Collector()
        let server = ToolServer(runner: runner(), tool: "true", version: "1", output: output)
        let result = try await server.run(
            wanted: 0,
            command: { _ in Command(executable: "true") },
            isPortInUse: { _ in false }
        )
        #expect(result?.status == .exited(0))
        #expect(output.port == nil)
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
