import ContainerNetworking
import Testing

@Suite("Asking a network")
struct RuntimeStatusTests {
    @Test("STATUS asks every plugin in order, about no container")
    func status() async throws {
        let bench = try PluginBench()
        for type in ["one", "two"] { try bench.install(type) }
        try await bench.runtime().status(PluginBench.list(["one", "two"], version: "1.1.0"))
        #expect(bench.calls() == ["STATUS one", "STATUS two"])
        #expect(try bench.environment("one", "STATUS").map { $0.prefix { $0 != "=" } } == ["CNI_COMMAND", "CNI_PATH"])
        let input = try bench.input("two", "STATUS")
        #expect(input["cniVersion"] == .string("1.1.0"))
        #expect(input["name"] == .string("net"))
        #expect(input["cni.dev/valid-attachments"] == nil)
    }

    @Test("GC tells every plugin which attachments stay")
    func garbage() async throws {
        let bench = try PluginBench()
        for type in ["one", "two"] { try bench.install(type) }
        let list = try PluginBench.list(["one", "two"], version: "1.1.0")
        try await bench.runtime().collectGarbage(list, keeping: [PluginBench.attachment])
        #expect(bench.calls() == ["GC one", "GC two"])
        let valid = try bench.input("two", "GC")["cni.dev/valid-attachments"]
        #expect(valid?.text == #"[{"containerID":"pod-1","ifname":"eth0"}]"#)
    }

    @Test("what a plugin can do is told to nobody, as with the other commands")
    func capabilities() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let list = try NetworkConfigurationList(
            json:
                #"{"cniVersion":"1.1.0","name":"net","plugins":[{"type":"one","capabilities":{"portMappings":true}}]}"#)
        try await bench.runtime().status(list)
        try await bench.runtime().collectGarbage(list, keeping: [])
        for command in ["STATUS", "GC"] { #expect(try bench.input("one", command)["capabilities"] == nil) }
    }

    @Test("GC asks nobody when the list says so, and STATUS asks all the same")
    func disabledGarbage() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let list = try PluginBench.list(["one"], version: "1.1.0", extra: #","disableGC":"True""#)
        #expect(!list.hasGarbageCollection)
        try await bench.runtime().collectGarbage(list, keeping: [PluginBench.attachment])
        #expect(bench.calls().isEmpty)
        try await bench.runtime().status(list)
        #expect(bench.calls() == ["STATUS one"])
    }

    @Test("a plugin that is not ready is an error with its code")
    func notReady() async throws {
        let bench = try PluginBench()
        try bench.write(
            "one", "cat > /dev/null; \(PluginBench.answer(#"{"code":50,"msg":"not yet"}"#, exit: 1))")
        let list = try PluginBench.list(["one"], version: "1.1.0")
        let error = await #expect(throws: CNIError.self) { try await bench.runtime().status(list) }
        #expect(error?.code == 50)
        #expect(error?.command == .status)
    }

    @Test("networks before 1.1.0 are not asked")
    func older() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let list = try PluginBench.list(["one"])
        let status = await #expect(throws: CNIError.self) { try await bench.runtime().status(list) }
        #expect(status?.kind == .unsupportedVersion)
        let garbage = await #expect(throws: CNIError.self) {
            try await bench.runtime().collectGarbage(list, keeping: [])
        }
        #expect(garbage?.kind == .unsupportedVersion)
        #expect(bench.calls().isEmpty)
    }
}
