import Glibc
import Processes
import Testing

@Suite("Deadlines, limits and cancellation")
struct ProcessLimitTests {
    @Test(
        "a program that runs too long is ended with its children",
        arguments: [
            "sleep 600 & echo $! >&2; sleep 600",
            "trap '' TERM; sleep 600 & echo $! >&2; while :; do sleep 600; done",
            "sleep 600 & echo $! >&2; exec >&- 2>&-; sleep 600",
        ]
    )
    func endsAtDeadline(script: String) async throws {
        let file = try ScratchFile()
        let command = TestPrograms.sh("exec 2>'\(file.path)'; echo $$ >&2; \(script)")
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.run(command, deadline: .milliseconds(300))
        }
        #expect(error == .timedOut(command: command.description, after: .milliseconds(300)))
        let pids = try file.numbers()
        #expect(pids.count == 2)
        for pid in pids {
            #expect(try await TestPrograms.isGone(pid))
        }
    }

    @Test("what a program said before its deadline came is told with it")
    func tellsWhatWasSaid() async {
        let command = TestPrograms.sh("echo waiting for the daemon >&2; exec sleep 600")
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.run(command, deadline: .seconds(1))
        }
        #expect(
            error
                == .timedOut(
                    command: command.description, after: .seconds(1), standardErrorTail: "waiting for the daemon"))
    }

    @Test("a grandchild that keeps the pipes open does not delay the result")
    func doesNotWaitForGrandchildren() async throws {
        let output = try await ProcessRunner.run(
            TestPrograms.sh("sleep 600 & echo $!"),
            deadline: .seconds(60)
        )
        let pid = try #require(Int32(output.standardOutput.dropLast()))
        #expect(output.status.isSuccess)
        // A program that leaves something running on purpose and succeeds keeps it; the test must tidy up.
        #expect(kill(pid, SIGKILL) == 0)
    }

    @Test("output over the limit ends the program", arguments: [1, 2])
    func limitsOutput(descriptor: Int) async {
        let command = TestPrograms.sh("exec yes >&\(descriptor)")
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.run(command, deadline: .seconds(60), outputLimit: 100_000)
        }
        #expect(error == .outputTooLarge(command: command.description, limit: 100_000))
    }

    @Test("output of exactly the limit passes")
    func allowsTheLimit() async throws {
        let command = TestPrograms.sh("head -c 5000 /dev/zero")
        let output = try await ProcessRunner.run(command, deadline: .seconds(20), outputLimit: 5000)
        #expect(output.standardOutput.utf8.count == 5000)
    }

    @Test("cancellation ends the program and its children")
    func endsOnCancellation() async throws {
        let file = try ScratchFile()
        let command = TestPrograms.sh(
            "exec 2>'\(file.path)'; trap '' TERM; sleep 600 & echo $$ $! >&2; while :; do sleep 600; done"
        )
        let result = try await withThrowingTaskGroup(of: ProcessError?.self) { group in
            group.addTask {
                do throws(ProcessError) {
                    _ = try await ProcessRunner.run(command, deadline: .seconds(60))
                    return nil
                } catch {
                    return error
                }
            }
            while try file.numbers().count < 2 {
                try await Task.sleep(for: .milliseconds(10))
            }
            group.cancelAll()
            return try await group.next() ?? nil
        }
        #expect(result == .cancelled(command: command.description))
        for pid in try file.numbers() {
            #expect(try await TestPrograms.isGone(pid))
        }
    }

    @Test("many programs at once all come back")
    func runsManyAtOnce() async throws {
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...24 {
                group.addTask {
                    let command = Command(executable: "echo", arguments: ["\(number)"])
                    let output = try await ProcessRunner.run(command, deadline: .seconds(60))
                    return Int(output.standardOutput.dropLast()) ?? 0
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 300)
    }
}
