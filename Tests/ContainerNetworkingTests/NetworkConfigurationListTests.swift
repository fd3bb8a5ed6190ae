import ContainerNetworking
import Foundation
import JSON
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

    @Test("what a single plugin says of its list is there after writing and reading")
    func singlePluginFlags() throws {
        let json = #"{"cniVersion":"1.1.0","name":"n","type":"bridge","disableCheck":"True","disableGC":true}"#
        let list = try NetworkConfigurationList(json: json)
        let again = try NetworkConfigurationList(json: list.json())
        #expect(list.disableCheck && list.disableGC)
        #expect(again == list && again.disableCheck && again.disableGC)
    }

    @Test("a single plugin becomes a list of one")
    func acceptsSinglePlugins() throws {
        let list = try NetworkConfigurationList(json: #"{"cniVersion":"0.4.0","name":"n","type":"ptp","mtu":1}"#)
        #expect(list.plugins.count == 1)
        #expect(list.plugins[0]["mtu"] == .integer(1))
        #expect(try NetworkConfigurationList(json: list.json()) == list)
    }

    @Test("a single plugin that offers versions, and does not name one, is written without a version of null")
    func writesOfferedVersions() throws {
        let list = try NetworkConfigurationList(json: #"{"cniVersions":["0.4.0","1.1.0"],"name":"n","type":"ptp"}"#)
        #expect(list.value["cniVersion"] == nil)
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
            (#"{"cniVersion":"1.0.0","name":"n","disableGC":1,"plugins":[{"type":"x"}]}"#, "disableGC"),
            (#"{"cniVersion":"1.0.0","name":"n","loadOnlyInlinedPlugins":true}"#, "no plugins"),
            (#"{"cniVersion":1,"name":"n","plugins":[{"type":"x"}]}"#, "expected a string"),
            (#"{"cniVersion":"1.0.0","cniVersions":"1.1.0","name":"n","plugins":[{"type":"x"}]}"#, "expected an array"),
            (
                #"{"cniVersion":"1.0.0","cniVersions":["1.1.0",2],"name":"n","plugins":[{"type":"x"}]}"#,
                "expected a string"
            ),
            (#"{"cniVersions":["1.1.0","new"],"name":"n","plugins":[{"type":"x"}]}"#, "found \"new\""),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"x","capabilities":["a"]}]}"#, "capabilities"),
            (
                #"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"x","capabilities":{"a":"true"}}]}"#,
                "capabilities.a"
            ),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"x","ipam":"host-local"}]}"#, "plugins[0].ipam"),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"x","ipam":{"type":1}}]}"#, "plugins[0].ipam.type"),
            (
                #"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"x","dns":{"search":[1]}}]}"#,
                "plugins[0].dns.search"
            ),
            (#"{"cniVersion":"1.0.0","name":"n","plugins":["x"]}"#, "plugins[0]: expected a plugin"),
            (#"{"name":"n","plugins":[{"type":"x"}]}"#, "cniVersion"),
        ]
    )
    func refuses(json: String, words: String) {
        let error = #expect(throws: CNIError.self) { try NetworkConfigurationList(json: json) }
        #expect(error?.kind == .invalidConfiguration)
        #expect(error?.description.contains(words) == true)
    }

    @Test(
        "flags are truth values or words for them in any case",
        arguments: [("true", true), ("false", false), (#""true""#, true), (#""True""#, true), (#""FALSE""#, false)]
    )
    func readsFlags(value: String, isTrue: Bool) throws {
        let list = try PluginBench.list(
            ["x"], version: "1.1.0", extra: #","disableCheck":\#(value),"disableGC":\#(value)"#)
        #expect(list.disableCheck == isTrue)
        #expect(list.hasCheck == !isTrue)
        #expect(list.disableGC == isTrue)
        #expect(list.hasGarbageCollection == !isTrue)
    }

    @Test(
        "what is not JSON, or JSON that readers take differently, is refused with its place",
        arguments: [
            ("{\n \"plugins\": [{\"type\": \"x\"},]\n}", 2, 27, "a comma stands before"),
            ("{\"name\": \"a\",\n \"name\": \"b\"}", 2, 2, "\"name\" is there twice, first at line 1, column 2"),
            ("{\n  // a comment\n}", 2, 3, "JSON has no comments"),
            ("{\"mtu\": 01400}", 1, 9, "begins with a zero: 01400"),
            ("\u{FEFF}{}", 1, 1, "byte order mark"),
            ("{\"cniVersion\": \"1.0.0\",\n \"name\": \"n\", \"plugins\": [\n  {\"type\": 7}]}", 3, 12, "found 7"),
        ]
    )
    func tellsPlaces(json: String, line: Int, column: Int, words: String) {
        let error = #expect(throws: CNIError.self) { try NetworkConfigurationList(json: json) }
        #expect(error?.position?.line == line)
        #expect(error?.position?.column == column)
        #expect(error?.description.contains("line \(line), column \(column): ") == true)
        #expect(error?.description.contains(words) == true)
    }

    @Test("plugins in files beside the list come after its own, unless it wants none")
    func loadsPluginFiles() throws {
        let bench = try PluginBench()
        let list = "\(bench.directory)/net.conflist"
        let folder = "\(bench.directory)/net"
        try FileManager.default.createDirectory(atPath: "\(folder)/sub.conf", withIntermediateDirectories: true)
        try #"{"type":"second"}"#.write(toFile: "\(folder)/20.conf", atomically: true, encoding: .utf8)
        try #"{"type":"first","mtu":{{mtu}}}"#.write(toFile: "\(folder)/10.conf", atomically: true, encoding: .utf8)
        try "no JSON".write(toFile: "\(folder)/30.json", atomically: true, encoding: .utf8)
        let files = PluginFiles(besides: list) { text, _ in text.replacing("{{mtu}}", with: "1400") }
        func read(_ rest: String) throws -> NetworkConfigurationList {
            try NetworkConfigurationList(json: #"{"cniVersion":"1.0.0","name":"net"\#(rest)}"#) {
                name throws(CNIError) in try files.plugins(of: name)
            }
        }
        let both = try read(#","plugins":[{"type":"own"}]"#)
        #expect(both.pluginTypes == ["own", "first", "second"])
        #expect(both.plugins[1]["mtu"] == .integer(1400))
        #expect(try NetworkConfigurationList(json: both.json()).pluginTypes == ["own", "first", "second"])
        #expect(try read("").pluginTypes == ["first", "second"])
        #expect(try read(#","plugins":[{"type":"own"}],"loadOnlyInlinedPlugins":true"#).pluginTypes == ["own"])
        try #"{"type":"third",}"#.write(toFile: "\(folder)/30.conf", atomically: true, encoding: .utf8)
        let error = #expect(throws: CNIError.self) { try read("") }
        #expect(error?.msg.contains("/net/30.conf:1:16: a comma stands before") == true)
    }

    @Test("versions this program does not speak are refused by name", arguments: ["0.1.0", "0.2.0", "2.0.0", "1.0"])
    func refusesVersions(version: String) {
        let error = #expect(throws: CNIError.self) { try PluginBench.list(["x"], version: version) }
        #expect(error?.kind == .unsupportedVersion)
        #expect(error?.description.contains(version) == true)
        #expect(error?.description.contains("1.1.0") == true)
    }

    @Test(
        "the type of an IPAM plugin is a file's name, too", arguments: ["../host-local", "a/b", "..", "/bin/sh", "."])
    func ipamType(_ type: String) {
        let json = #"{"cniVersion":"1.0.0","name":"n","plugins":[{"type":"bridge","ipam":{"type":"\#(type)"}}]}"#
        let error = #expect(throws: CNIError.self) { try NetworkConfigurationList(json: json) }
        #expect(error?.kind == .invalidConfiguration && error?.msg.contains("plugins[0].ipam.type") == true)
    }
}
