import ContainerNetworking
import Digests
import Foundation
import Quantities
import TestSupport
import Testbed
import Testing

@testable import LocalTestbed

@Suite("Facts of the local testbed")
struct LocalFactsTests {
    private static let secret = "hunter2-and-more"

    private func facts(plugin: String = "#!/bin/sh\n", secret: String = secret) async throws -> [String: String] {
        try await ScratchDirectory.with { directory in
            let list = """
                {"cniVersion": "1.0.0", "name": "mine", "plugins": [
                {"type": "own-bridge", "token": "\(secret)", "ipam": {"type": "own-ipam"}}, {"type": "own-chained"}]}
                """
            try list.write(toFile: "\(directory)/list.conflist", atomically: false, encoding: .utf8)
            let plugins = "\(directory)/plugins"
            try FileManager.default.createDirectory(atPath: plugins, withIntermediateDirectories: true)
            for type in ["own-bridge", "own-ipam", "own-chained"] {
                let text = type == "own-ipam" ? plugin : "#!/bin/sh\necho \(type) v1\n"
                try text.write(toFile: "\(plugins)/\(type)", atomically: false, encoding: .utf8)
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(plugins)/\(type)")
            }
            let network = NetworkPlan(
                name: "mine", podNetwork: .conflist(path: "\(directory)/list.conflist"), fabric: .routes,
                podsOnNode: [1])
            let topology = Topology(networks: [network], nodes: 1, families: [.ipv4])
            return await LocalFacts(pluginDirectories: [plugins]).read(for: topology)
        }
    }

    @Test("every plugin of a list is told by its file: delegated and chained ones, too")
    func plugins() async throws {
        let facts = try await facts()
        for type in ["own-bridge", "own-ipam", "own-chained"] {
            #expect(facts["cni.plugin.\(type).sha256"]?.count == 64)
            #expect(facts["cni.plugin.\(type).path"]?.hasSuffix("/plugins/\(type)") == true)
            #expect(facts["cni.plugin.\(type).package"] == nil)
        }
        #expect(facts["cni.plugin.own-chained.version"] == "own-chained v1")
        #expect(facts["netmachinery.sha256"]?.count == 64 && facts["tool.nsenter.sha256"]?.count == 64)
    }

    @Test("a replaced IPAM plugin changes its digest, and nothing else that is compared")
    func replaced() async throws {
        let (before, after) = (try await facts(), try await facts(plugin: "#!/bin/sh\nsleep 1\n"))
        let changed = before.keys.filter { !$0.hasSuffix(".path") && before[$0] != after[$0] }
        #expect(changed == ["cni.plugin.own-ipam.sha256"])
    }

    @Test("a user's list is held as a digest: nothing of its text is in the facts, and a change of it is")
    func secrets() async throws {
        let (before, after) = (try await facts(), try await facts(secret: "another"))
        #expect(!before.values.contains { $0.contains(Self.secret) || $0.contains("token") })
        let text = try #require(before["cni.conflist.mine"])
        #expect(text.hasPrefix("sha256:") && text.hasSuffix(" of own-bridge, own-ipam, own-chained"))
        #expect(text != after["cni.conflist.mine"])
        #expect(before["cni.conflist.mine"] == (try await facts())["cni.conflist.mine"])
    }
}
