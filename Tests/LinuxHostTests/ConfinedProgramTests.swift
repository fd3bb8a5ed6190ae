import Foundation
import TestSupport
import Testing

@testable import LinuxHost

@Suite("programs that may compute and read only")
struct ConfinedProgramTests {
    private static func sh(
        _ script: String, input: String = "", within deadline: Duration = .seconds(10), limit: Int = 1 << 20
    ) async throws -> ConfinedProgram.Output {
        try await ConfinedProgram(executable: "/bin/sh", arguments: ["-c", script], environment: ["WORD": "a b"])
            .run(input: Array(input.utf8), deadline: deadline, outputLimit: limit)
    }

    @Test("it reads its input and its environment, writes both outputs, and its exit code is told")
    func ordinary() async throws {
        let output = try await Self.sh("read line; echo \"$line $WORD\"; echo trouble >&2; exit 7", input: "hello\n")
        #expect(String(decoding: output.standardOutput, as: UTF8.self) == "hello a b\n")
        #expect(output.standardError == "trouble\n" && output.exitCode == 7)
    }

    @Test("it speaks the C library's language, whatever its caller says")
    func language() async throws {
        let program = ConfinedProgram(
            executable: "/bin/sh", arguments: ["-c", #"echo "$LC_ALL ${LANGUAGE-none} $LANG""#],
            environment: ["LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de", "LANG": "de_DE.UTF-8"])
        let output = try await program.run(input: [], deadline: .seconds(10), outputLimit: 1 << 20)
        #expect(String(decoding: output.standardOutput, as: UTF8.self) == "C.UTF-8 none de_DE.UTF-8\n")
    }

    @Test(
        "it starts no program, in none of the ways there are",
        arguments: [
            "/bin/touch made", "exec /bin/touch made", "echo `/bin/touch made`", "/bin/echo x | /bin/cat > made",
            "( : > made )", "/bin/touch made &",
        ]
    )
    func programs(script: String) async throws {
        try await ScratchDirectory.with("confined") { scratch in
            _ = try await Self.sh("cd \(scratch) && \(script)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch).isEmpty)
        }
    }

    @Test("it makes and changes no file, and may read")
    func files() async throws {
        try await ScratchDirectory.with("confined") { scratch in
            try "old\n".write(toFile: scratch + "/file", atomically: false, encoding: .utf8)
            let output = try await Self.sh(
                "cd \(scratch); read word < file; echo $word; echo new > file; echo new >> file; : > made")
            #expect(String(decoding: output.standardOutput, as: UTF8.self) == "old\n")
            #expect(try String(contentsOfFile: scratch + "/file", encoding: .utf8) == "old\n")
            #expect(try FileManager.default.contentsOfDirectory(atPath: scratch) == ["file"])
        }
    }

    @Test("it is ended at the deadline, beyond the limit of bytes and when its task is cancelled")
    func ends() async throws {
        let late = await #expect(throws: HostError.self) {
            try await Self.sh("echo words >&2; while :; do :; done", within: .milliseconds(200))
        }
        #expect(late?.description.contains("did not finish within") == true)
        #expect(late?.description.contains("it said: words") == true)
        let much = await #expect(throws: HostError.self) {
            try await Self.sh("while :; do echo much; done", limit: 10_000)
        }
        #expect(much?.description.contains("more than 10000 bytes") == true)
        let cancelled = await withTaskGroup(of: String?.self) { group in
            group.addTask {
                do {
                    _ = try await Self.sh("while :; do :; done", within: .seconds(60))
                    return nil
                } catch {
                    return "\(error)"
                }
            }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(cancelled?.contains("was cancelled") == true)
    }

    @Test("a program that closes its outputs and one that does not read are no hang, and a signal has its code")
    func manners() async throws {
        #expect(try await Self.sh("exec >&- 2>&-; exit 3").exitCode == 3)
        let text = String(repeating: "x", count: 1 << 20)
        #expect(try await Self.sh("exit 4", input: text).exitCode == 4)
        await #expect(throws: HostError.self) {
            try await ConfinedProgram(executable: "/no/such", arguments: [])
                .run(input: [], deadline: .seconds(1), outputLimit: 1)
        }
    }

    @Test("a signal that ends a program has its code, as in a shell")
    func signalled() async throws {
        let word = UniqueName.make("signalled")
        async let output = Self.sh("while :; do : \(word); done")
        let patience = ContinuousClock.now + .seconds(5)
        var found: Int32?
        while found == nil, .now < patience {
            found = Descendants.all().first { (try? HostFile.read("/proc/\($0)/cmdline"))?.contains(word) == true }
            try await Task.sleep(for: .milliseconds(2))
        }
        #expect(kill(try #require(found), SIGTERM) == 0)
        #expect(try await output.exitCode == 128 + SIGTERM)
    }
}
