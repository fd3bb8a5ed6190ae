import ContainerNetworking
import Contract
import Processes
import Testing

@testable import PodAttachment
@testable import Probes

@Suite("How the form of results is judged")
struct ResultFormTests {
    private func added(_ result: String?, _ deviations: [String] = []) throws -> ListCaller.Added {
        let output = ProcessOutput(
            command: Command(executable: "x"), standardOutput: result ?? "", standardError: "", status: .exited(0))
        return ListCaller.Added(
            reply: PluginReply(output), result: try result.map { try CNIResult(json: $0, askedFor: .v1x0x0) },
            deviations: deviations)
    }

    private static let result = #"{"cniVersion":"1.0.0","ips":[{"address":"10.0.0.2/8"}]}"#

    @Test("results of the specified form conform")
    func conforms() throws {
        let form = try added(Self.result).form
        #expect(form.verdict == .conforms)
        #expect(form.found == "as specified")
    }

    @Test("what runtimes let pass deviates, each with its plugin")
    func deviates() throws {
        let form = try added(Self.result, ["p0: result without cniVersion", "p1: no hardware address"]).form
        #expect(form.verdict == .deviates)
        #expect(form.found == "p0: result without cniVersion; p1: no hardware address")
    }

    @Test("where there is no result, there is no form of one")
    func noResult() throws {
        #expect(try added(nil).form.verdict == .notApplicable)
    }
}
