import Processes
import Testing

@Suite("Finding programs")
struct ProgramsTests {
    @Test("a name is found in the system directories")
    func findsNames() {
        #expect(Programs.find("sh")?.hasSuffix("/sh") == true)
    }

    @Test("extra directories win over PATH")
    func prefersExtraDirectories() {
        #expect(Programs.find("sh", in: ["/bin"]) == "/bin/sh")
        #expect(Programs.find("sh", in: ["/does-not-exist/", "/bin/"]) == "/bin/sh")
    }

    @Test(
        "what children search has absolute directories only, and never none",
        arguments: [
            ("/usr/bin:/bin", "/usr/bin:/bin"), (".:/bin", "/bin"), (":/bin:", "/bin"), ("bin:./x:/bin:../y", "/bin"),
        ]
    )
    func safePaths(_ path: String, _ safe: String) {
        #expect(Programs.safePath(from: path) == safe)
        for empty in ["", ".", ":", "a:b"] { #expect(Programs.safePath(from: empty).hasPrefix("/usr/local/sbin:")) }
    }

    @Test(
        "what is no executable file is not found",
        arguments: ["", "nm-no-such-program", "/etc/passwd", "/etc", "/does-not-exist/x"]
    )
    func refusesOthers(name: String) {
        #expect(Programs.find(name) == nil)
    }

    @Test(
        "the hint names the package or the place to look",
        arguments: [
            ("iperf3", "install the package iperf3"),
            ("/usr/bin/gnuplot", "install the package gnuplot-nox"),
            ("mytool", "install mytool or add it to PATH"),
            ("/opt/x/mytool", "check that /opt/x/mytool exists and is executable"),
        ]
    )
    func hints(name: String, hint: String) {
        #expect(Programs.hint(forMissing: name) == hint)
    }

    @Test("running a missing program says what to do", arguments: ["nm-no-such-program", "/etc/passwd"])
    func missingProgram(name: String) async {
        let error = await #expect(throws: ProcessError.self) {
            try await ProcessRunner.run(Command(executable: name), deadline: .seconds(5))
        }
        #expect(error == .notFound(command: name, hint: Programs.hint(forMissing: name)))
    }
}
