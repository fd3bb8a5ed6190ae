import Foundation
import JSON
import TestSupport
import Testing

@testable import LocalTestbed

@Suite("Configuration lists are read before a run")
struct ConflistCheckTests {
    private func problems(_ text: String) throws -> [String] {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/l.conflist"
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            return ConflistCheck.problems(of: path, network: "mine").map {
                $0.description.replacing("\(directory)/", with: "")
            }
        }
    }

    private static func list(_ plugin: String) -> String {
        "{\"cniVersion\": \"1.0.0\",\n \"name\": \"{{name}}\", \"plugins\": [\n  \(plugin)]}"
    }

    @Test("a list with every placeholder has no problem")
    func good() throws {
        let ipam =
            #"{"type": "host-local", "dataDir": "{{dataDir}}", "ranges": [[{"subnet": "{{podCIDR}}"}], [{"subnet": "{{podCIDRv6}}"}]]}"#
        #expect(try problems(Self.list(#"{"type": "bridge", "mtu": {{mtu}}, "ipam": \#(ipam)}"#)) == [])
    }

    private static let known = "there are {{name}}, {{podCIDR}}, {{podCIDRv6}}, {{mtu}}, {{dataDir}}"

    @Test(
        "a placeholder that there is none of is refused with its place and the nearest one",
        arguments: [
            (#"{"type": "a", "x": "{{podCidr}}"}"#, "3:23", "{{podCidr}}", ". Did you mean \"{{podCIDR}}\"?"),
            (#"{"type": "a", "x": "{{ mtu }}"}"#, "3:23", "{{ mtu }}", ". Did you mean \"{{mtu}}\"?"),
            (#"{"type": "a", "x": "{{gateway}}"}"#, "3:23", "{{gateway}}", ""),
            (#"{"type": "a", "x": "{{}}"}"#, "3:23", "{{}}", ""),
            (
                #"{"type": "{{name}}é", "x": "{{podcidrV6}}"}"#, "3:31", "{{podcidrV6}}",
                ". Did you mean \"{{podCIDRv6}}\"?"
            ),
        ]
    )
    func unknownPlaceholders(plugin: String, place: String, name: String, suggestion: String) throws {
        #expect(
            try problems(Self.list(plugin)) == [
                "l.conflist:\(place): there is no placeholder \(name); \(Self.known)\(suggestion)"
            ]
        )
    }

    @Test("all of them are told, and one that does not end is told as that")
    func severalPlaceholders() throws {
        let found = try problems(Self.list("{\"type\": \"{{a}}\",\r\n \"x\": \"{{podCIDR\",\r \"y\": \"{{b}}\"}"))
        #expect(found.count == 3)
        #expect(found[0].hasPrefix("l.conflist:3:13: there is no placeholder {{a}}"))
        #expect(found[1] == "l.conflist:4:8: a placeholder does not end with }} on its line; \(Self.known)")
        #expect(found[2].hasPrefix("l.conflist:5:8: there is no placeholder {{b}}"))
    }

    @Test(
        "what is wrong behind placeholders has its place in the file",
        arguments: [
            (
                #"{"type": "{{name}}", "mtu": {{mtu}}, "dir": "{{dataDir}}", "x": 01}"#, "3:67",
                "a number begins with a zero: 01"
            ),
            (#"{"type": "a", "y": {{name}}, "x": 1}"#, "3:22", "expected a value, found mine"),
            (#"{"mtu": {{mtu}}, "type": {{mtu}}}"#, "3:28", "plugins[0].type: expected the name of a plugin"),
            (#"{"type": "a",}"#, "3:15", "a comma stands before \"}\""),
            (#"{"type": "a"} // x"#, "3:17", "JSON has no comments"),
            (#"{"type": "a", "type": "b"}"#, "3:17", "\"type\" is there twice, first at line 3, column 4"),
        ]
    )
    func mapsPlaces(plugin: String, place: String, words: String) throws {
        let found = try problems(Self.list(plugin))
        #expect(found.count == 1)
        #expect(found[0].hasPrefix("l.conflist:\(place): "), "\(found)")
        #expect(found[0].contains(words), "\(found)")
    }

    @Test("a list that is not there, a directory, and one that is not text have no place in themselves")
    func unreadable() throws {
        try ScratchDirectory.with { directory in
            let file = "\(directory)/bytes.conflist"
            try Data([0xFF]).write(to: URL(fileURLWithPath: file))
            for (path, reason) in [
                ("\(directory)/none", "there is no such file"), (directory, "it is a directory"),
                (file, "not text in UTF-8"),
            ] {
                let found = ConflistCheck.problems(of: path, network: "mine")
                #expect(found.count == 1)
                #expect(found[0].position == nil)
                #expect(found[0].message.contains(reason))
                #expect(found[0].message.contains(path))
            }
        }
    }

    @Test("a plugin in a file beside the list is filled in, and its problems name its file")
    func pluginFiles() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/l.conflist"
            try #"{"cniVersion": "1.0.0", "name": "{{name}}"}"#.write(toFile: path, atomically: true, encoding: .utf8)
            try FileManager.default.createDirectory(atPath: "\(directory)/mine", withIntermediateDirectories: true)
            let plugin = "\(directory)/mine/a.conf"
            func check(_ text: String) throws -> [String] {
                try text.write(toFile: plugin, atomically: true, encoding: .utf8)
                return ConflistCheck.problems(of: path, network: "mine").map(\.description)
            }
            #expect(try check(#"{"type": "a", "mtu": {{mtu}}}"#) == [])
            #expect(try check(#"{"type": "a",}"#).first?.contains("\(plugin):1:13: a comma stands before") == true)
            #expect(try check(#"{"type": "{{nam}}"}"#).first?.contains("there is no placeholder {{nam}}") == true)
        }
    }
}
