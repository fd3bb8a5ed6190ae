import Processes
import Testing

@testable import ContainerNetworking

@Suite("Recorded refusals")
struct PluginAnswerTests {
    @Test(
        "the error objects of real plugins",
        arguments: [
            ("bridge-add-again.json", 999, "container veth name provided (eth0) already exists"),
            ("ptp-wrong-version.json", 1, "incompatible CNI versions"),
            (
                "bridge-rubbish-config.json", 6,
                "error unmarshall network config: invalid character 'r' looking for beginning of value"
            ),
            ("bridge-missing-ipam.json", 999, "failed to find plugin \"nope\" in path [/usr/lib/cni]"),
        ] as [(String, UInt, String)]
    )
    func readsErrors(file: String, code: UInt, message: String) throws {
        let answer = PluginAnswer(
            plugin: "bridge",
            command: .add,
            output: ProcessOutput(
                command: Command(executable: "bridge"),
                standardOutput: try RecordedOutput.text(file),
                standardError: " warning\n",
                status: .exited(1)
            )
        )
        let error = #expect(throws: CNIError.self) { try answer.requireSuccess() }
        #expect(error?.kind == .refused)
        #expect(error?.code == code)
        #expect(error?.msg == message)
        #expect(error?.standardErrorTail == "warning")
    }
}
