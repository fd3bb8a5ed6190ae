import Processes
import Testing

@Suite("the language of programs")
struct CLocaleTests {
    private static let script = #"echo "$LC_ALL ${LANGUAGE-none} $PATH""#
    /// What a caller, or a user's own surroundings, may say.
    private static let german = ["LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de:en", "LANG": "de_DE.UTF-8", "PATH": "/bin"]

    @Test("a program speaks the C library's language whatever its caller says, and keeps its PATH")
    func run() async throws {
        let output = try await ProcessRunner.run(
            TestPrograms.sh(Self.script, environment: Self.german), deadline: .seconds(20))
        #expect(output.standardOutput == "C none /bin\n")
    }

    @Test("a program that is spoken to, and what it starts, does, too")
    func converse() async throws {
        let command = TestPrograms.sh("/bin/sh -c '\(Self.script)'", environment: Self.german)
        let line = try await ProcessRunner.converse(command, deadline: .seconds(20)) { try await $0.nextLine() }
        #expect(line == "C none /bin")
    }

    @Test("a program under setpriv does, too")
    func tied() async throws {
        let command = await ToolTether.find().tie(TestPrograms.sh(Self.script, environment: Self.german))
        #expect(try await ProcessRunner.run(command, deadline: .seconds(20)).standardOutput == "C none /bin\n")
    }

    @Test("a message of the C library is the one that parsers know")
    func message() async throws {
        let command = Command(executable: "ls", arguments: ["/no/such/file"], environment: Self.german)
        let output = try await ProcessRunner.run(command, deadline: .seconds(20))
        #expect(output.standardError.contains("No such file or directory"))
    }
}
