import Processes
import Testing

@Suite("tying a tool to this process")
struct ToolTetherTests {
    @Test("the command stands behind setpriv, as it was")
    func command() {
        let command = Command(executable: "sleep", arguments: ["1"], environment: ["A": "b"])
        let tied = ToolTether(path: "/bin/setpriv").tie(command)
        #expect(tied.executable == "/bin/setpriv")
        #expect(tied.arguments.prefix(3) == ["--pdeathsig", "KILL", "--"])
        #expect(tied.arguments.last == "1")
        #expect(tied.arguments.dropLast().last?.hasSuffix("/sleep") == true)
        #expect(tied.environment == ["A": "b"])
    }

    @Test("without setpriv, and without the program, nothing is put before it")
    func nothing() {
        let sleep = Command(executable: "sleep", arguments: ["1"])
        #expect(ToolTether(path: nil).tie(sleep) == sleep)
        let missing = Command(executable: "/nonexistent/tool")
        #expect(ToolTether(path: "/bin/setpriv").tie(missing) == missing)
    }

    @Test("a program under it is killed when its parent ends", .enabled(if: Programs.find("setpriv") != nil))
    func signal() async throws {
        let tether = ToolTether(path: Programs.find("setpriv"))
        let output = try await ProcessRunner.run(
            tether.tie(Command(executable: "setpriv", arguments: ["--dump"])), deadline: .seconds(5)
        )
        #expect(output.standardOutput.contains("Parent death signal: KILL"))
    }
}
