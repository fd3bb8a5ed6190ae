import Glibc
import Processes
import Testing

@Suite("Talking to a running program")
struct ConversationTests {
    /// Answers every line at once and says goodbye when its input ends.
    private static let echo = TestPrograms.sh("while read -r line; do echo \"got $line\"; done; echo bye")

    @Test("each answer arrives while the program still runs")
    func answersPromptly() async throws {
        let answers = try await ProcessRunner.converse(Self.echo, deadline: .seconds(60)) { program in
            var answers: [String?] = []
            for word in ["one", "two", "three"] {
                try await program.send(word)
                answers.append(try await program.nextLine())
            }
            await program.closeInput()
            answers.append(try await program.nextLine())
            answers.append(try await program.nextLine())
            return answers
        }
        #expect(answers == ["got one", "got two", "got three", "bye", nil])
    }

    @Test("lines in one piece are taken one by one, and text without a line feed is the last line")
    func cutsLines() async throws {
        let lines = try await ProcessRunner.converse(
            TestPrograms.sh("printf 'a\\n\\nb\\377\\nlast'"),
            deadline: .seconds(60)
        ) { program in
            var lines: [String] = []
            while let line = try await program.nextLine() { lines.append(line) }
            return lines
        }
        #expect(lines == ["a", "", "b\u{FFFD}", "last"])
    }

    @Test("a line of a mebibyte goes there and back")
    func passesLongLines() async throws {
        let line = String(repeating: "x", count: 1024 * 1024)
        let answer = try await ProcessRunner.converse(Command(executable: "cat"), deadline: .seconds(60)) { program in
            async let sent: Void = program.send(line)
            let answer = try await program.nextLine()
            try await sent
            return answer
        }
        #expect(answer?.utf8.count == line.utf8.count)
        #expect(answer == line)
    }

    @Test("a line over the limit is an error")
    func limitsLines() async {
        let command = TestPrograms.sh("head -c 200000 /dev/zero")
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.converse(command, deadline: .seconds(60), lineLimit: 100_000) { program in
                try await program.nextLine()
            }
        }
        #expect(error == .outputTooLarge(command: command.description, limit: 100_000))
    }

    @Test("sending to a program that ended is inputClosed, not the end of this process")
    func reportsClosedInput() async {
        let command = TestPrograms.sh("exit 0")
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.converse(command, deadline: .seconds(60)) { program in
                #expect(try await program.nextLine() == nil)
                for _ in 0..<1000 {
                    try await program.send(String(repeating: "x", count: 1000))
                }
            }
        }
        #expect(error == .inputClosed(command: command.description))
    }

    @Test("waiting for a line past the deadline is timedOut, and the program is gone afterwards")
    func endsAtDeadline() async throws {
        let command = TestPrograms.sh("trap '' TERM; printf half; while :; do sleep 600; done")
        var pid: Int32 = 0
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.converse(command, deadline: .milliseconds(300)) { program in
                pid = program.processIdentifier
                _ = try await program.nextLine()
            }
        }
        #expect(error == .timedOut(command: command.description, after: .milliseconds(300)))
        #expect(try await TestPrograms.isGone(pid))
    }

    @Test("sending to a program that does not read is timedOut at the deadline")
    func endsBlockedSend() async {
        let command = TestPrograms.sh("sleep 600")
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.converse(command, deadline: .milliseconds(300)) { program in
                try await program.send(String(repeating: "x", count: 1024 * 1024))
            }
        }
        #expect(error == .timedOut(command: command.description, after: .milliseconds(300)))
    }

    @Test("a line awaited too long is timedOut, and comes with the next call")
    func waitsForOneLine() async throws {
        let line = try await ProcessRunner.converse(Self.echo, deadline: .seconds(60)) { program in
            await #expect(throws: ProcessError.self) { try await program.nextLine(within: .milliseconds(50)) }
            try await program.send("late")
            return try await program.nextLine(within: .seconds(30))
        }
        #expect(line == "got late")
    }

    @Test("a program that ignores the end of its input and SIGTERM is ended with its children")
    func endsStubbornPrograms() async throws {
        let command = TestPrograms.sh("trap '' TERM; sleep 600 & echo $!; while :; do sleep 600; done")
        let pids = try await ProcessRunner.converse(command, deadline: .seconds(60)) { program in
            let child = try #require(try await program.nextLine().flatMap { Int32($0) })
            return [program.processIdentifier, child]
        }
        for pid in pids {
            #expect(try await TestPrograms.isGone(pid))
        }
    }

    @Test("a program that writes much at its end can finish within the grace period")
    func drainsLastWords() async throws {
        let file = try ScratchFile()
        let script = "cat >/dev/null; head -c 1000000 /dev/zero; echo 42 >'\(file.path)'"
        try await ProcessRunner.converse(TestPrograms.sh(script), deadline: .seconds(60)) { _ in }
        #expect(try file.numbers() == [42])
    }

    @Test("the deadline ends the wait for a line also where a child that ignores SIGTERM holds the pipe")
    func endsHeldPipes() async throws {
        let command = TestPrograms.sh("(trap '' TERM; exec sleep 30) & exec sleep 30")
        let start = ContinuousClock.now
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.converse(command, deadline: .milliseconds(300)) { program in
                try await program.nextLine()
            }
        }
        #expect(error == .timedOut(command: command.description, after: .milliseconds(300)))
        #expect(.now - start < .seconds(20))
    }

    @Test("what the body throws comes out unchanged, and standard error is kept")
    func passesBodyErrors() async throws {
        let error = await #expect(throws: ScratchError.self) {
            try await ProcessRunner.converse(
                TestPrograms.sh("echo first complaint >&2; echo ready; cat >/dev/null"),
                deadline: .seconds(60)
            ) { program in
                #expect(try await program.nextLine() == "ready")
                while !program.standardErrorTail().contains("complaint") {
                    try await Task.sleep(for: .milliseconds(5))
                }
                throw ScratchError()
            }
        }
        #expect(error != nil)
    }

    @Test("cancellation reaches the waiting reader and ends the program")
    func endsOnCancellation() async throws {
        let file = try ScratchFile()
        let command = TestPrograms.sh("echo $$ >'\(file.path)'; cat >/dev/null; sleep 600")
        let error = try await withThrowingTaskGroup(of: ProcessError?.self) { group in
            group.addTask {
                do {
                    _ = try await ProcessRunner.converse(command, deadline: .seconds(60)) { program in
                        try await program.nextLine()
                    }
                    return nil
                } catch {
                    return error as? ProcessError
                }
            }
            while try file.numbers().isEmpty {
                try await Task.sleep(for: .milliseconds(10))
            }
            group.cancelAll()
            return try await group.next() ?? nil
        }
        #expect(error == .cancelled(command: command.description))
        let pid = try #require(try file.numbers().first)
        #expect(try await TestPrograms.isGone(pid))
    }

    @Test("a missing program is notFound")
    func reportsMissingPrograms() async {
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.converse(Command(executable: "nm-no-such-program"), deadline: .seconds(5)) { _ in }
        }
        guard case .notFound = error else {
            Issue.record("expected notFound, found \(String(describing: error))")
            return
        }
    }
}
