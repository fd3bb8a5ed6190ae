import ContainerNetworking
import Quantities
import Testing

@Suite("What runtimes let pass in results, and the specification does not")
struct LeniencyTests {
    @Test(
        "a result without a usable version has the network's, and that is told",
        arguments: [
            (#"{"ips":[]}"#, ["result without cniVersion"]),
            (#"{"cniVersion":"","ips":[]}"#, ["result without cniVersion"]),
            (#"{"cniVersion":null,"ips":[]}"#, ["result with null as cniVersion"]),
            (#"{"cniVersion":1,"ips":[]}"#, ["result with 1 as cniVersion"]),
            (#"{"cniVersion":"0.4.0","ips":[]}"#, ["result of version 0.4.0 where 1.0.0 was asked for"]),
            ("null", ["result is null"]),
            (#"{"cniVersion":"1.0.0","ips":[]}"#, []),
        ]
    )
    func takesVersionOfNetwork(json: String, deviations: [String]) throws {
        let result = try CNIResult(json: json, askedFor: .v1x0x0)
        #expect(result.cniVersion == "1.0.0")
        #expect(result.document["cniVersion"] == .string("1.0.0"))
        #expect(result.deviations == deviations)
    }

    @Test(
        "a result of a form that is not known is refused, whatever was asked for", arguments: ["0.2.0", "2.0.0", "x"])
    func refusesOtherForms(version: String) {
        let error = #expect(throws: CNIResultError.self) {
            try CNIResult(json: #"{"cniVersion":"\#(version)"}"#, askedFor: .v1x0x0)
        }
        #expect(error?.path == "cniVersion")
    }

    @Test(
        "addresses are written in the form of the network's version",
        arguments: [
            (CNIVersion.v0x4x0, "1.0.0", "", #""4""#), (.v1x0x0, "0.4.0", #","version":"4""#, nil),
            (.v0x3x1, "0.4.0", #","version":"4""#, #""4""#),
        ] as [(CNIVersion, String, String, String?)]
    )
    func convertsAddresses(asked: CNIVersion, given: String, member: String, written: String?) throws {
        let json = #"{"cniVersion":"\#(given)","ips":[{"address":"10.0.0.2/8"\#(member)}],"own":1}"#
        let result = try CNIResult(json: json, askedFor: asked)
        #expect(result.document["ips"]?.array?.first?["version"]?.text == written)
        #expect(result.document["own"] == .integer(1))
        #expect(result.containerAddresses.map(\.description) == ["10.0.0.2/8"])
    }

    @Test("hardware addresses of InfiniBand are addresses; others are let pass and told")
    func readsHardwareAddresses() throws {
        let long = "80:00:00:48:fe:80:00:00:00:00:00:00:00:02:c9:03:00:0e:8d:61"
        let result = try CNIResult(
            json: """
                {"cniVersion":"1.0.0","interfaces":[{"name":"a","mac":"\(long)"},
                 {"name":"b","mac":"00:02:c9:03:00:0e:8d:61"},{"name":"c","mac":"none"},{"mac":""}]}
                """,
            askedFor: .v1x0x0
        )
        #expect(result.interfaces[0].mac?.bytes.count == 20)
        #expect(result.interfaces[0].mac?.description == long)
        #expect(result.interfaces[1].mac?.bytes.count == 8)
        #expect(result.interfaces[2].mac == nil)
        #expect(
            result.deviations == ["interfaces[2].mac is no hardware address: \"none\"", "interfaces[3] without name"])
    }

    @Test("the next plugin, the record and DEL get the result with the version of the network")
    func handsOn() async throws {
        let bench = try PluginBench()
        try bench.install("one", add: PluginBench.answer(#"{"ips":[{"address":"10.0.0.2/8"}],"own":1}"#))
        try bench.install("two", add: PluginBench.answer(#"{"ips":[{"address":"10.0.0.3/8"}]}"#))
        let list = try PluginBench.list(["one", "two"])
        let result = try await bench.runtime().add(list, PluginBench.attachment)
        #expect(result.containerAddresses.map(\.description) == ["10.0.0.3/8"])
        #expect(result.deviations == ["result without cniVersion"])
        let handed = try bench.input("two", "ADD")["prevResult"]
        #expect(handed?["cniVersion"] == .string("1.0.0"))
        #expect(handed?["own"] == .integer(1))
        try await bench.runtime().check(list, PluginBench.attachment)
        try await bench.runtime().delete(list, PluginBench.attachment)
        #expect(try bench.input("one", "DEL")["prevResult"]?["cniVersion"] == .string("1.0.0"))
    }
}
