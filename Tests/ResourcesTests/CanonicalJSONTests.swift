import Contract
import Foundation
import Resources
import Testing

@Suite("The canonical form")
struct CanonicalJSONTests {
    @Test("keys are sorted, quantities are strings, and every default is filled in")
    func isComplete() throws {
        let documents = try ResourceDecoder.decode(yaml: Sample.yaml([5: "  baseline: host"]), file: "t.yaml")
        #expect(
            documents.first?.canonicalJSON == """
                {"apiVersion":"networkmachinery.io/v1alpha1","kind":"CNIPerformance",\
                "metadata":{"labels":{},"name":"sample"},\
                "spec":{"baseline":"host","families":["ipv4"],"networks":[{"name":"bridge","preset":"bridge"}],\
                "nodes":2,"paths":["same-node"],"podsPerNode":0,"repetitions":{"maximum":6,"minimum":6},\
                "settle":{"maximumBackground":"20%","patience":"2s","window":"40ms"},\
                "tests":[{"duration":"250ms","messageSize":["64B"],"name":"rr","pattern":"request-response",\
                "processors":"same","protocol":"tcp","streams":1,"timeout":"1s","tool":"latency"}],"warmUp":"50ms"}}
                """
        )
    }

    @Test("it is JSON to others, and decodes to an equal resource and to itself", arguments: 0..<100)
    func roundTrips(seed: UInt64) throws {
        var random = RandomResource(seed: seed)
        let text = random.yaml()
        let first = try #require(try ResourceDecoder.decode(yaml: text, file: "t.yaml").first)
        let second = try #require(try ResourceDecoder.decode(yaml: first.canonicalJSON, file: "t.json").first)
        #expect(first.resource as? CNIPerformance == second.resource as? CNIPerformance)
        #expect(first.canonicalJSON == second.canonicalJSON)
        let parsed = try JSONSerialization.jsonObject(with: Data(first.canonicalJSON.utf8)) as? [String: Any]
        let metadata = parsed?["metadata"] as? [String: Any]
        #expect(metadata?["labels"] as? [String: String] == first.resource.metadata.labels)
    }

    @Test(
        "the scenarios survive it, too",
        arguments: ["quickstart", "a-a", "overlay-versus-routes", "cni-performance-full"])
    func roundTripsScenarios(name: String) throws {
        let text = try ScenarioFiles.scenario("\(name).yaml")
        let first = try #require(try ResourceDecoder.decode(yaml: text, file: "t.yaml").first)
        #expect(try performance(first.canonicalJSON) == first.resource as? CNIPerformance)
    }
}
