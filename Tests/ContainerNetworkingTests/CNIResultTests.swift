import ContainerNetworking
import Foundation
import Quantities
import Testing

@Suite("Results of plugins")
struct CNIResultTests {
    @Test("the recorded result of bridge with two families")
    func readsBridge() throws {
        let result = try CNIResult(json: RecordedOutput.text("bridge-add.json"))
        #expect(result.cniVersion == "1.0.0")
        #expect(result.interfaces.map(\.name) == ["nmxbr0", "veth3038d0c6", "eth0"])
        #expect(result.interfaces.map(\.sandbox) == [nil, nil, "/run/netns/nmx-cni-pod"])
        #expect(result.interfaces[2].mac == (try MACAddress(parsing: "7a:52:15:36:18:75")))
        #expect(result.containerAddresses.map(\.description) == ["10.77.1.2/24", "fd77:1::2/64"])
        #expect(result.ips[1].gateway?.description == "fd77:1::1")
        #expect(result.routes.map(\.dst.description) == ["0.0.0.0/0", "::/0"])
        #expect(result.routes.allSatisfy { $0.gw == nil })
        #expect(result.dns.nameservers.isEmpty)
    }

    @Test(
        "the recorded results of ptp and host-local",
        arguments: [
            ("ptp-add.json", "1.0.0", "10.77.2.2/24", 2),
            ("ptp-add-0.3.1.json", "0.3.1", "10.77.2.3/24", 2),
            ("host-local-add.json", "1.0.0", "10.77.2.4/24", 0),
        ])
    func readsOthers(file: String, version: String, address: String, interfaces: Int) throws {
        let result = try CNIResult(json: RecordedOutput.text(file))
        #expect(result.cniVersion == version)
        #expect(result.containerAddresses.map(\.description) == [address])
        #expect(result.interfaces.count == interfaces)
    }

    @Test("a result is encoded as the plugin wrote it", arguments: ["bridge-add.json", "ptp-add-0.3.1.json"])
    func roundTrips(file: String) throws {
        let text = try RecordedOutput.text(file)
        let result = try CNIResult(json: text)
        let encoded = try JSONEncoder().encode(result)
        #expect(try JSONDecoder().decode(CNIResult.self, from: encoded) == result)
        #expect(try JSONValue(parsing: String(decoding: encoded, as: UTF8.self)) == JSONValue(parsing: text))
    }

    @Test("addresses of host interfaces are not the container's")
    func separatesHostAddresses() throws {
        let result = try CNIResult(
            json: """
                {"cniVersion":"1.0.0","interfaces":[{"name":"br0"},{"name":"eth0","sandbox":"/x"}],
                 "ips":[{"address":"10.0.0.1/8","interface":0},{"address":"10.0.0.2/8","interface":1}],
                 "dns":{"nameservers":["10.0.0.3"],"search":["a.test"],"domain":"b.test","options":["ndots:5"]}}
                """
        )
        #expect(result.containerAddresses.map(\.description) == ["10.0.0.2/8"])
        #expect(result.dns.nameservers == ["10.0.0.3"])
        #expect(result.dns.domain == "b.test")
    }

    @Test(
        "a wrong member is told with its place",
        arguments: [
            ("nonsense", ""),
            ("[1]", ""),
            ("{}", "cniVersion"),
            (#"{"cniVersion":1}"#, "cniVersion"),
            (#"{"cniVersion":"1.0.0","interfaces":{}}"#, "interfaces"),
            (#"{"cniVersion":"1.0.0","interfaces":[1]}"#, "interfaces[0]"),
            (#"{"cniVersion":"1.0.0","interfaces":[{"name":"a","mac":2}]}"#, "interfaces[0].mac"),
            (#"{"cniVersion":"1.0.0","dns":"10.0.0.1"}"#, "dns"),
            (#"{"cniVersion":"1.0.0","ips":[{}]}"#, "ips[0].address"),
            (#"{"cniVersion":"1.0.0","ips":[{"address":"10.0.0.1/40"}]}"#, "ips[0].address"),
            (#"{"cniVersion":"1.0.0","ips":[{"address":"10.0.0.1/8","gateway":"x"}]}"#, "ips[0].gateway"),
            (#"{"cniVersion":"1.0.0","ips":[{"address":"10.0.0.1/8","interface":0}]}"#, "ips[0].interface"),
            (#"{"cniVersion":"1.0.0","ips":[{"address":"10.0.0.1/8","interface":-1}]}"#, "ips[0].interface"),
            (#"{"cniVersion":"1.0.0","routes":[{"gw":"10.0.0.1"}]}"#, "routes[0].dst"),
            (#"{"cniVersion":"1.0.0","dns":{"search":[1]}}"#, "dns.search[0]"),
        ]
    )
    func tellsPlace(json: String, path: String) {
        let error = #expect(throws: CNIResultError.self) { try CNIResult(json: json) }
        #expect(error?.path == path)
    }
}
