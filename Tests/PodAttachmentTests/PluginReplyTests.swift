import ContainerNetworking
import Processes
import Testing

@testable import PodAttachment

@Suite("How a plugin answered")
struct PluginReplyTests {
    private func reply(_ output: String, _ status: Processes.ExitStatus) -> PluginReply {
        PluginReply(
            ProcessOutput(command: Command(executable: "x"), standardOutput: output, standardError: "", status: status)
        )
    }

    @Test("an end with 0 is a success, whatever was printed")
    func success() {
        #expect(reply("rubbish", .exited(0)).succeeded)
        #expect(reply("", .exited(0)).words == "success")
        #expect(!reply("", .exited(0)).isProperError)
    }

    @Test("an error object is read, and one without a code or a message is not proper")
    func errors() {
        let refused = reply(#"{"code":7,"msg":"no range"}"#, .exited(1))
        #expect(refused.isProperError)
        #expect(refused.words == "error 7: no range")
        for output in ["", "panic", #"{"code":7}"#, #"{"code":0,"msg":"x"}"#, #"{"code":7,"msg":""}"#] {
            #expect(!reply(output, .exited(1)).isProperError, "\(output)")
        }
        #expect(reply("", .signalled(11)).error == nil)
    }

    @Test("a plugin that could not be asked did not succeed, and its own words are kept")
    func unanswered() {
        let reply = PluginReply(CNIError(plugin: "x", command: .add, kind: .pluginNotFound, msg: "it is not there"))
        #expect(!reply.succeeded)
        #expect(reply.words == "it is not there")
    }
}
