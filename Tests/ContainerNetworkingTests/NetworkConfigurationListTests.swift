import ContainerNetworking
import Testing

@Suite("Network configuration lists")
struct NetworkConfigurationListTests {
    @Test("a list is read, and everything in it is written back")
    func roundTrips() throws {
        let json = """
            {"cniVersion": "1.0.0", "name": "pods", "disableCheck": true, "future": {"x": [1, 2.5, null, "ü"]},
             "plugins": [{"type": "bridge", "mtu": 9000, "ipam": {"type": "host-local"}},
                         {"type": "portmap", "capabilities": {"portMappings": true}}]}
            """
        let list = try NetworkConfigurationList(json: json)
        #expect(list.cniVersion == "1.0.0")
        #expect(list.name == "pods")
        #expect(list.disableCheck)
        #expect(list.plugins.count == 2)
        #expect(list.pluginTypes == ["bridge", "host-local", "portmap"])
        #expect(try JSONValue(parsing: list.json()) == JSONValue(parsing: json))
        #expect(try NetworkConfigurationList(json: list.json()) == list)
    }

    @Test("a single plugin becomes a list of one")
    func acceptsSinglePlugins() throws {
        let list = try NetworkConfigurationList(json: #"{"cniVersion":"0.4.0","name":"n","type":"ptp","mtu":1}"#)
        #expect(list.plugins.count == 1)
        #expect(list.plugins[0]["mtu"] == .integer(1))
        #expect(try NetworkConfigurationList(json: list.json()) == list)
    }

    @Test("the newest known version among cniVersions is taken")
    func picksNewestVersion() throws {
        let list = try NetworkConfigurationList(
            json: """
                {"cniVersion":"0.4.0","cniVersions":["0.3.1","9.0.0","1.1.0"],"name":"n","plugins":[{"type":"x"}]}
                """
        )
        #expect(list.version == .v1x1x0)
    }

    @Test(
        "what is wrong is told, with what was expected",
        arguments: [
            ("", "not JSON"),
            ("{", "not JSON"),
            ("[]", "object"),
            (#"{"cniVersion":"1.0.0","plugins":[{"type":"x"}]}"#, "name"),
            (#"{"cniVersion":"1.0.0","name":"","plugins":[{"type":"x"}]}"#, "name"),
            (#"{"cniVersion":"1.0.0","name":"a/../b","plugins":[{"type":"x"}]}"#, "a/../b"),
            (#"{"cniVersion":"1.0.0","name":7,"plugins":[{"type":"x"}]}"#, "7"),
            (#"{"cniVersion":"1.0.0","name":"n"}"#, "plugins"),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":[]}"#, "plugins"),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":{}}"#, "plugins"),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"x"},{}]}"#, "plugins[1].type"),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"../sh"}]}"#, "../sh"),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":".."}]}"#, "plugins[0].type"),
            (#"{"cniVersion":"1.0.0","name":"n","disableCheck":"maybe","plugins":[{"type":"x"}]}"#, "disableCheck"),
            (#"{"name":"n","plugins":[{"type":"x"}]}"#, "cniVersion"),
        ]
    )
    func refuses(json: String, words: String) {
        let error = #expect(throws: CNIError.self) { try NetworkConfigurationList(json: json) }
        #expect(error?.kind == .invalidConfiguration)
        #expect(error?.description.contains(words) == true)
    }

    @Test("versions this program does not speak are refused by name", arguments: ["0.1.0", "0.2.0", "2.0.0", "x"])
    func refusesVersions(version: String) {
        let error = #expect(throws: CNIError.self) { try PluginBench.list(["x"], version: version) }
        #expect(error?.kind == .unsupportedVersion)
        #expect(error?.description.contains(version) == true)
        #expect(error?.description.contains("1.1.0") == true)
    }
}
