import Contract
import PodAttachment
import Processes
import Testing

@testable import Probes

@Suite("How a plugin's answer is judged")
struct PluginFindingTests {
    private func reply(_ output: String, _ status: Processes.ExitStatus) -> PluginReply {
        PluginReply(
            ProcessOutput(command: Command(executable: "x"), standardOutput: output, standardError: "", status: status)
        )
    }

    private static let version = #"{"cniVersion":"1.0.0","code":1,"msg":"incompatible CNI versions"}"#

    @Test("success is success, whatever was printed")
    func success() {
        let finding = reply("", .exited(0)).finding("DEL", .success)
        #expect(finding.verdict == .conforms)
        #expect(finding.found == "success")
        #expect(reply("", .exited(0)).finding("CHECK", .error).verdict == .deviates)
    }

    @Test("an error is proper only with a code and a message")
    func properError() {
        #expect(reply(Self.version, .exited(1)).finding("ADD", .error).verdict == .conforms)
        for output in ["", "panic: runtime error", #"{"code":7}"#, #"{"code":0,"msg":"x"}"#, #"{"code":7,"msg":""}"#] {
            #expect(reply(output, .exited(1)).finding("ADD", .error).verdict == .deviates, "\(output)")
        }
        #expect(reply("", .signalled(11)).finding("ADD", .error).found.contains("no error object"))
    }

    @Test("where the specification has a code, another one deviates, and the words of both are kept")
    func codes() {
        let right = reply(Self.version, .exited(1)).finding("version", .code(1, "incompatible CNI version"))
        #expect(right.verdict == .conforms)
        let wrong = reply(Self.version, .exited(1)).finding("JSON", .code(6, "failed to decode content"))
        #expect(wrong.verdict == .deviates)
        #expect(wrong.expected == "error 6: failed to decode content")
        #expect(wrong.found == "error 1: incompatible CNI versions")
    }
}
