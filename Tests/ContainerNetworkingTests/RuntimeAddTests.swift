import ContainerNetworking
import Processes
import Testing

@Suite("Attaching a container")
struct RuntimeAddTests {
    @Test("each plugin gets the result of the one before, and the last result comes back")
    func chainsResults() async throws {
        let bench = try PluginBench()
        let first = #"{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.2/24"}],"future":{"kept":[1,2.5,null]}}"#
        let second = #"{"cniVersion":"1.0.0","ips":[{"address":"10.1.0.3/24"}]}"#
        try bench.install("one", add: PluginBench.answer(first))
        try bench.install("two", add: PluginBench.answer(second))
        let result = try await bench.runtime().add(PluginBench.list(["one", "two"]), PluginBench.attachment)
        #expect(result == (try CNIResult(json: second)))
        #expect(bench.calls() == ["ADD one", "ADD two"])
        #expect(try bench.input("one", "ADD")["prevResult"] == nil)
        #expect(try bench.input("two", "ADD")["prevResult"] == JSONValue(parsing: first))
    }

    @Test("the input is the plugin's object with the name and version of the list")
    func buildsInput() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let list = try NetworkConfigurationList(
            json: """
                {"cniVersion":"1.0.0","name":"net","plugins":[{"type":"one","mtu":1400,"deep":{"a":[true,1e3,-7]},
                 "capabilities":{"portMappings":true,"bandwidth":true,"off":false}}]}
                """
        )
        var attachment = PluginBench.attachment
        attachment.capabilityArguments = ["portMappings": .array([]), "off": .bool(true), "unknown": .null]
        _ = try await bench.runtime().add(list, attachment)
        let expected = """
            {"cniVersion":"1.0.0","name":"net","type":"one","mtu":1400,"deep":{"a":[true,1000,-7]},
             "runtimeConfig":{"portMappings":[]}}
            """
        #expect(try bench.input("one", "ADD") == JSONValue(parsing: expected))
    }

    @Test("the environment is what the specification says")
    func buildsEnvironment() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        var attachment = PluginBench.attachment
        attachment.interfaceName = "net1"
        attachment.arguments = ["B": "2", "A": "1"]
        _ = try await bench.runtime().add(PluginBench.list(["one"]), attachment)
        #expect(
            try bench.environment("one", "ADD") == [
                "CNI_ARGS=A=1;B=2", "CNI_COMMAND=ADD", "CNI_CONTAINERID=pod-1", "CNI_IFNAME=net1",
                "CNI_NETNS=/run/netns/pod-1", "CNI_PATH=\(bench.plugins)",
            ]
        )
    }

    @Test("the launch closure wraps every command")
    func wrapsCommands() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let runtime = CNIRuntime(
            pluginDirectories: ["/does-not-exist", bench.plugins],
            launch: { command in
                var environment = command.environment
                environment["CNI_WRAPPED"] = "yes"
                return Command(
                    executable: "env",
                    arguments: ["CNI_EXTRA=1", command.executable] + command.arguments,
                    environment: environment
                )
            },
            deadline: .seconds(30),
            cacheDirectory: bench.cache
        )
        _ = try await runtime.add(PluginBench.list(["one"]), PluginBench.attachment)
        let environment = try bench.environment("one", "ADD")
        #expect(environment.contains("CNI_WRAPPED=yes"))
        #expect(environment.contains("CNI_EXTRA=1"))
    }

    @Test("the record of an attachment holds network, attachment and result until it is deleted")
    func keepsRecords() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let list = try PluginBench.list(["one"])
        let runtime = bench.runtime()
        #expect(try runtime.cachedAttachments().isEmpty)
        let result = try await runtime.add(list, PluginBench.attachment)
        let record = try #require(try runtime.cachedAttachments().first)
        #expect(record.list == list)
        #expect(record.attachment == PluginBench.attachment)
        #expect(record.result == result)
        try await runtime.delete(record)
        #expect(try runtime.cachedAttachments().isEmpty)
    }

    @Test("a second ADD of the same attachment is refused without calling a plugin")
    func refusesSecondAdd() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let list = try PluginBench.list(["one"])
        _ = try await bench.runtime().add(list, PluginBench.attachment)
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().add(list, PluginBench.attachment)
        }
        #expect(error?.kind == .alreadyAttached)
        #expect(bench.calls() == ["ADD one"])
        var other = PluginBench.attachment
        other.interfaceName = "eth1"
        _ = try await bench.runtime().add(list, other)
        #expect(bench.calls().count == 2)
    }

    @Test("many containers can be attached at the same time")
    func attachesManyAtOnce() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let list = try PluginBench.list(["one"])
        let runtime = bench.runtime()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                group.addTask {
                    let attachment = Attachment(containerID: "pod-\(number)", namespacePath: "/run/netns/x")
                    _ = try await runtime.add(list, attachment)
                }
            }
            try await group.waitForAll()
        }
        #expect(Set(try runtime.cachedAttachments().map(\.attachment.containerID)).count == 8)
    }
}
