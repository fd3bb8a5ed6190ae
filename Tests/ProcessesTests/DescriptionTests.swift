import Processes
import Testing

@Suite("Words of commands and errors")
struct DescriptionTests {
    @Test(
        "a command shows as it would be typed",
        arguments: [
            (["ip", "link", "show"], "ip link show"),
            (["sh", "-c", "echo a"], "sh -c 'echo a'"),
            (["x", ""], "x ''"),
        ]
    )
    func command(words: [String], text: String) {
        let command = Command(executable: words[0], arguments: Array(words.dropFirst()))
        #expect(command.description == text)
    }

    @Test("every error names the command and says what to do")
    func errors() {
        let errors: [ProcessError] = [
            .notFound(command: "tool -x", hint: "install tool"),
            .startFailed(command: "tool -x", reason: "no permission"),
            .timedOut(command: "tool -x", after: .seconds(2)),
            .outputTooLarge(command: "tool -x", limit: 10),
            .nonZeroExit(command: "tool -x", status: .signalled(11), standardErrorTail: ""),
            .inputClosed(command: "tool -x"),
            .transferFailed(command: "tool -x", reason: "I/O error"),
            .cancelled(command: "tool -x"),
        ]
        for error in errors {
            #expect(error.description.contains("tool -x"))
        }
        #expect(errors[4].description.contains("signal 11"))
        #expect(errors[2].description.contains("2.0 seconds"))
    }
}
