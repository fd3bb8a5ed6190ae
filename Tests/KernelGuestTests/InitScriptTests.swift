import LinuxHost
import Processes
import Statistics
import TestSupport
import Testing

@testable import KernelGuest

@Suite("the init of a guest")
struct InitScriptTests {
    @Test("any word reaches the command as it is", arguments: 1...20)
    func quoting(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let letters = Array("a'\"$`\\ \n*?;&|<>(){}[]~#!=%é")
        let words = (0..<5).map { _ in
            String(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
        }
        let script = "printf '%s\\0' " + words.map(ShellWord.quoted).joined(separator: " ")
        let output = try await ProcessRunner.run(
            Command(executable: "sh", arguments: ["-c", script]), deadline: .seconds(5))
        let found = output.standardOutput.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
        #expect(found.map(String.init) == words)
    }

    @Test("a shell reads every word back and starts nothing", arguments: HostileText.withoutZero)
    func hostileWords(hostile: HostileText) async throws {
        let script = "printf %s \(ShellWord.quoted(hostile.text))"
        for shell in ["sh", "bash"] {
            let program = ConfinedProgram(executable: try #require(Programs.find(shell)), arguments: ["-s"])
            let output = try await program.run(input: Array(script.utf8), deadline: .seconds(5), outputLimit: 1 << 20)
            #expect(output.standardOutput == Array(hostile.text.utf8), "\(shell)")
            #expect(output.standardError.isEmpty)
        }
    }

    @Test("both parts are understood by busybox's shell")
    func syntax() async throws {
        guard let busybox = Programs.find("busybox") else { return }
        let script = InitScript(token: "token")
        let request = GuestRequest(
            words: ["/bin/true"] + HostileText.withoutZero.map(\.text),
            environment: ["A": HostileText.withoutZero.map(\.text).joined()], directory: "/a'\u{301} dir")
        for text in [script.first(modules: ["a.ko", "b.ko.xz"]), script.second(request), script.probe] {
            let command = Command(executable: busybox, arguments: ["sh", "-n"])
            let output = try await ProcessRunner.run(command, input: text, deadline: .seconds(5))
            #expect(output.status.isSuccess, "\(output.standardError)")
        }
    }

    @Test("compressed modules are unpacked before they are loaded")
    func modules() {
        let text = InitScript(token: "token").first(modules: ["overlay.ko", "9p.ko.xz", "9pnet.ko.gz"])
        #expect(text.contains("$B insmod '/modules/overlay.ko' "))
        #expect(text.contains("$B unxz '/modules/9p.ko.xz' && $B insmod '/modules/9p.ko' "))
        #expect(text.contains("$B gunzip '/modules/9pnet.ko.gz' && $B insmod '/modules/9pnet.ko' "))
    }

    @Test("the command gets its directory, its variables and its words, quoted")
    func command() {
        let request = GuestRequest(words: ["/bin/echo", "it's"], environment: ["A": "b c"], directory: "/a dir")
        let text = InitScript(token: "token").second(request)
        #expect(text.contains("export A='b c'\n"))
        #expect(text.contains("cd '/a dir' && exec '/bin/echo' 'it'\\''s' )"))
    }
}
