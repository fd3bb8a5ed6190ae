import ContainerNetworking
import Foundation
import Testing

@Suite("Detaching and checking a container")
struct RuntimeDeleteTests {
    private static let final = #"{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.3/24"}],"extra":1}"#

    private func attachedBench(extra: String = "") async throws -> (PluginBench, NetworkConfigurationList) {
        let bench = try PluginBench()
        try bench.install("one")
        try bench.install("two", add: PluginBench.answer(Self.final))
        let list = try PluginBench.list(["one", "two"], extra: extra)
        _ = try await bench.runtime().add(list, PluginBench.attachment)
        return (bench, list)
    }

    @Test("DEL runs in reverse order, and every plugin gets the final result")
    func deletesInReverse() async throws {
        let (bench, list) = try await attachedBench()
        try await bench.runtime().delete(list, PluginBench.attachment)
        #expect(bench.calls().suffix(2) == ["DEL two", "DEL one"])
        for type in ["one", "two"] {
            #expect(try bench.input(type, "DEL")["prevResult"] == JSONValue(parsing: Self.final))
        }
        #expect(try bench.runtime().cachedAttachments().isEmpty)
    }

    @Test("a failing DEL does not stop the others and keeps the record for another attempt")
    func continuesAfterFailure() async throws {
        let (bench, list) = try await attachedBench()
        try bench.install("two", delete: PluginBench.answer(#"{"code":11,"msg":"busy"}"#, exit: 1))
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().delete(list, PluginBench.attachment)
        }
        #expect(error?.code == 11)
        #expect(error?.command == .delete)
        #expect(bench.calls().suffix(2) == ["DEL two", "DEL one"])
        #expect(try bench.runtime().cachedAttachments().count == 1)
        try bench.install("two")
        try await bench.runtime().delete(list, PluginBench.attachment)
        #expect(try bench.input("two", "DEL")["prevResult"] == JSONValue(parsing: Self.final))
        #expect(try bench.runtime().cachedAttachments().isEmpty)
    }

    @Test("of two plugins that fail DEL, the first to be called is told")
    func firstFailure() async throws {
        let (bench, list) = try await attachedBench()
        try bench.install("one", delete: PluginBench.answer(#"{"code":11,"msg":"one is busy"}"#, exit: 1))
        try bench.install("two", delete: PluginBench.answer(#"{"code":12,"msg":"two is busy"}"#, exit: 1))
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().delete(list, PluginBench.attachment)
        }
        #expect(error?.plugin == "two")
        #expect(error?.code == 12)
        #expect(bench.calls().suffix(2) == ["DEL two", "DEL one"])
    }

    @Test("DEL of what is not attached calls the plugins without a result and succeeds")
    func deletesUnknown() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        try await bench.runtime().delete(PluginBench.list(["one"]), PluginBench.attachment)
        #expect(bench.calls() == ["DEL one"])
        #expect(try bench.input("one", "DEL")["prevResult"] == nil)
    }

    @Test("before 0.4.0, DEL gets no result and CHECK is refused")
    func respectsOldVersions() async throws {
        let bench = try PluginBench()
        try bench.install("one", add: PluginBench.answer(#"{"cniVersion":"0.3.1"}"#))
        let list = try PluginBench.list(["one"], version: "0.3.1")
        _ = try await bench.runtime().add(list, PluginBench.attachment)
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().check(list, PluginBench.attachment)
        }
        #expect(error?.kind == .unsupportedVersion)
        try await bench.runtime().delete(list, PluginBench.attachment)
        #expect(try bench.input("one", "DEL")["prevResult"] == nil)
        #expect(bench.calls() == ["ADD one", "DEL one"])
    }

    @Test("CHECK runs in order with the final result")
    func checksInOrder() async throws {
        let (bench, list) = try await attachedBench()
        try await bench.runtime().check(list, PluginBench.attachment)
        #expect(bench.calls().suffix(2) == ["CHECK one", "CHECK two"])
        #expect(try bench.input("one", "CHECK")["prevResult"] == JSONValue(parsing: Self.final))
    }

    @Test("a failing CHECK stops there and is told")
    func tellsFailedCheck() async throws {
        let (bench, list) = try await attachedBench()
        try bench.install("one", check: PluginBench.answer(#"{"code":3,"msg":"address is gone"}"#, exit: 1))
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().check(list, PluginBench.attachment)
        }
        #expect(error?.command == .check)
        #expect(error?.msg == "address is gone")
        #expect(bench.calls().last == "CHECK one")
        #expect(try bench.runtime().cachedAttachments().count == 1)
    }

    @Test("disableCheck leaves CHECK out")
    func disablesCheck() async throws {
        let (bench, list) = try await attachedBench(extra: #","disableCheck":true"#)
        try await bench.runtime().check(list, PluginBench.attachment)
        #expect(bench.calls() == ["ADD one", "ADD two"])
    }

    @Test("CHECK of what is not attached is an error without calling a plugin")
    func refusesUnknownCheck() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().check(PluginBench.list(["one"]), PluginBench.attachment)
        }
        #expect(error?.kind == .invalidAttachment)
        #expect(bench.calls().isEmpty)
    }

    @Test("a damaged record is an error that names the file")
    func tellsDamagedRecord() async throws {
        let (bench, list) = try await attachedBench()
        let path = "\(bench.cache)/net:pod-1:eth0.json"
        try Data("{".utf8).write(to: URL(fileURLWithPath: path))
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().delete(list, PluginBench.attachment)
        }
        #expect(error?.kind == .cacheFailed)
        #expect(error?.description.contains(path) == true)
        #expect(throws: CNIError.self) { try bench.runtime().cachedAttachments() }
    }

    @Test("a cache directory that cannot be made is an error before a plugin runs")
    func tellsUnusableCache() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let runtime = CNIRuntime(
            pluginDirectories: [bench.plugins],
            deadline: .seconds(30),
            cacheDirectory: "\(bench.plugins)/one/cache"
        )
        let error = await #expect(throws: CNIError.self) {
            try await runtime.add(PluginBench.list(["one"]), PluginBench.attachment)
        }
        #expect(error?.kind == .cacheFailed)
        #expect(bench.calls().isEmpty)
    }

    @Test("VERSION returns the versions of a plugin, and refuses other answers")
    func asksVersions() async throws {
        let bench = try PluginBench()
        try bench.install("one", version: PluginBench.answer(RecordedOutput.text("bridge-version.json")))
        let versions = try await bench.runtime().version(of: "one")
        #expect(versions == ["0.1.0", "0.2.0", "0.3.0", "0.3.1", "0.4.0", "1.0.0"])
        let others = [
            "hello", "{}", #"{"supportedVersions":["1.0.0"]}"#, #"{"cniVersion":"1.0.0","supportedVersions":[]}"#,
            #"{"cniVersion":"1.0.0","supportedVersions":["1.0.0",1]}"#,
            #"{"cniVersion":"1.0.0","supportedVersions":["1.0.0",]}"#,
        ]
        for other in others {
            try bench.install("two", version: PluginBench.answer(other))
            let error = await #expect(throws: CNIError.self) { try await bench.runtime().version(of: "two") }
            #expect(error?.kind == .rubbish)
            #expect(error?.msg.contains("line 1, column ") == true)
        }
    }
}
