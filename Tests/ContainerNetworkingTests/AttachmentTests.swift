import ContainerNetworking
import Testing

@Suite("Attachments")
struct AttachmentTests {
    static let wrong: [Attachment] = [
        Attachment(containerID: "", namespacePath: "/x"),
        Attachment(containerID: "-a", namespacePath: "/x"),
        Attachment(containerID: "a/b", namespacePath: "/x"),
        Attachment(containerID: "a:b", namespacePath: "/x"),
        Attachment(containerID: "ü", namespacePath: "/x"),
        Attachment(containerID: String(repeating: "a", count: 201), namespacePath: "/x"),
        Attachment(containerID: "a", namespacePath: "relative"),
        Attachment(containerID: "a", namespacePath: ""),
        Attachment(containerID: "a", namespacePath: "/x", interfaceName: ""),
        Attachment(containerID: "a", namespacePath: "/x", interfaceName: ".."),
        Attachment(containerID: "a", namespacePath: "/x", interfaceName: "a/b"),
        Attachment(containerID: "a", namespacePath: "/x", interfaceName: "a b"),
        Attachment(containerID: "a", namespacePath: "/x", interfaceName: "a:b"),
        Attachment(containerID: "a", namespacePath: "/x", interfaceName: "sixteen-bytes-xx"),
        Attachment(containerID: "a", namespacePath: "/x", arguments: ["": "1"]),
        Attachment(containerID: "a", namespacePath: "/x", arguments: ["A": "1;B=2"]),
    ]

    @Test("names that the specification or the kernel refuse are refused before a plugin runs", arguments: wrong)
    func refuses(attachment: Attachment) async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let error = await #expect(throws: CNIError.self) {
            try await bench.runtime().add(PluginBench.list(["one"]), attachment)
        }
        #expect(error?.kind == .invalidAttachment)
        #expect(bench.calls().isEmpty)
    }

    @Test("DEL accepts an empty namespace: the container may be gone")
    func deletesWithoutNamespace() async throws {
        let bench = try PluginBench()
        try bench.install("one")
        let attachment = Attachment(containerID: "a", namespacePath: "", interfaceName: "fifteen-bytes-x")
        try await bench.runtime().delete(PluginBench.list(["one"]), attachment)
        #expect(try bench.environment("one", "DEL").contains("CNI_NETNS="))
    }
}
