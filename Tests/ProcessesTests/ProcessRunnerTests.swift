import Processes
import Testing

@Suite("Running a program to its end")
struct ProcessRunnerTests {
    @Test("output, error output and exit status come back")
    func collectsEverything() async throws {
        let output = try await ProcessRunner.run(
            TestPrograms.sh("echo out; echo err >&2; exit 3"),
            deadline: .seconds(20)
        )
        #expect(output.standardOutput == "out\n")
        #expect(output.standardError == "err\n")
        #expect(output.status == .exited(3))
    }

    @Test("a program ended by a signal says which")
    func reportsSignals() async throws {
        let output = try await ProcessRunner.run(TestPrograms.sh("kill -9 $$"), deadline: .seconds(20))
        #expect(output.status == .signalled(9))
    }

    @Test("input reaches the program and its end is visible", arguments: ["", "one line\n", "no line feed"])
    func passesInput(text: String) async throws {
        let output = try await ProcessRunner.run(Command(executable: "cat"), input: text, deadline: .seconds(20))
        #expect(output.standardOutput == text)
        #expect(output.status.isSuccess)
    }

    @Test("input and output of several megabytes pass at the same time")
    func passesLargeInput() async throws {
        let text = String(repeating: "0123456789abcdef", count: 256 * 1024)
        let output = try await ProcessRunner.run(Command(executable: "cat"), input: text, deadline: .seconds(20))
        #expect(output.standardOutput.utf8.count == text.utf8.count)
        #expect(output.standardOutput == text)
    }

    @Test("a program that ends without reading megabytes of input is no error and does not end this process")
    func survivesBrokenPipe() async throws {
        let output = try await ProcessRunner.run(
            TestPrograms.sh("exec <&-; echo done"),
            input: String(repeating: "x", count: 4 * 1024 * 1024),
            deadline: .seconds(20)
        )
        #expect(output.standardOutput == "done\n")
        #expect(output.status == .exited(0))
    }

    @Test("started programs do not inherit the ignored SIGPIPE")
    func resetsSignals() async throws {
        let output = try await ProcessRunner.run(
            Command(executable: "grep", arguments: ["SigIgn", "/proc/self/status"]),
            deadline: .seconds(20)
        )
        let digits = output.standardOutput.split(separator: "\t").last.map { $0.prefix { $0 != "\n" } } ?? ""
        let mask = try #require(UInt64(digits, radix: 16))
        // Bit n - 1 stands for signal n; the C library keeps 32 and 33 for itself.
        #expect(mask & (1 << 12) == 0)
    }

    @Test("the environment is added to the inherited one")
    func passesEnvironment() async throws {
        let command = TestPrograms.sh("echo \"$NM_WORD\"; test -n \"$PATH\"", environment: ["NM_WORD": "a b"])
        let output = try await ProcessRunner.run(command, deadline: .seconds(20))
        #expect(output.standardOutput == "a b\n")
        #expect(output.status.isSuccess)
    }

    @Test("the working directory is used, and a missing one is an error")
    func usesWorkingDirectory() async throws {
        var command = Command(executable: "pwd", workingDirectory: "/usr")
        #expect(try await ProcessRunner.run(command, deadline: .seconds(20)).standardOutput == "/usr\n")
        command.workingDirectory = "/does-not-exist"
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.run(command, deadline: .seconds(20))
        }
        guard case .startFailed = error else {
            Issue.record("expected startFailed, found \(String(describing: error))")
            return
        }
    }

    @Test("bytes that are not UTF-8 become replacement characters")
    func repairsText() async throws {
        let output = try await ProcessRunner.run(TestPrograms.sh("printf 'a\\377b'"), deadline: .seconds(20))
        #expect(output.standardOutput == "a\u{FFFD}b")
    }

    @Test("an argument with a zero byte is refused instead of being cut")
    func refusesZeroBytes() async {
        let command = Command(executable: "echo", arguments: ["a\0b"])
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.run(command, deadline: .seconds(20))
        }
        #expect(error?.description.contains("zero byte") == true)
    }

    @Test("an invalid environment name is refused with words")
    func refusesEnvironmentNames() async {
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.run(TestPrograms.sh("true", environment: ["1=2": "x"]), deadline: .seconds(20))
        }
        guard case .startFailed = error else {
            Issue.record("expected startFailed, found \(String(describing: error))")
            return
        }
    }

    @Test("exit code 0 passes requireSuccess, every other status throws with the error output")
    func requiresSuccess() async throws {
        let good = try await ProcessRunner.run(TestPrograms.sh("echo fine"), deadline: .seconds(20))
        #expect(try good.requireSuccess() == good)
        let bad = try await ProcessRunner.run(TestPrograms.sh("echo broken >&2; exit 7"), deadline: .seconds(20))
        let error = #expect(throws: ProcessError.self) { try bad.requireSuccess() }
        #expect(
            error
                == .nonZeroExit(
                    command: bad.command.description,
                    status: .exited(7),
                    standardErrorTail: "broken"
                )
        )
    }
}
