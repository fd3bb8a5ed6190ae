import Contract
import Testbed
import Testing

@testable import LocalTestbed

@Suite("Names of namespaces")
struct NamespaceNamesTests {
    private let names = NamespaceNames(run: "abc")

    @Test("a name says whose it is, and where")
    func places() {
        #expect(names.fabric(of: "bridge") == "nm-abc-bridge-fabric")
        #expect(names.namespace(of: Place.node(1, of: "bridge")) == "nm-abc-bridge-node1")
        #expect(names.namespace(of: Place.pod(3, on: 0, of: "bridge")) == "nm-abc-bridge-node0-pod3")
    }

    @Test("no two places of a run share a name")
    func unique() throws {
        var seen: Set<String> = []
        for network in ["a", "a-node0", "b"] {
            #expect(seen.insert(names.fabric(of: network)).inserted)
            for node in 0..<3 {
                #expect(seen.insert(names.node(node, of: network)).inserted)
                for pod in 0..<3 {
                    let place = Place.pod(pod, on: node, of: network)
                    #expect(seen.insert(try #require(names.namespace(of: place))).inserted, "\(place)")
                }
            }
        }
    }
}
