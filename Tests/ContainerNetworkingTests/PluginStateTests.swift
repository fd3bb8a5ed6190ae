import ContainerNetworking
import Foundation
import Testing

@Suite("What plugins remember")
struct PluginStateTests {
    private func with(_ body: (String) throws -> Void) throws {
        let directory = "\(NSTemporaryDirectory())/nm-state-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: directory) }
        for name in ["networks/net", "tuning"] {
            try FileManager.default.createDirectory(atPath: "\(directory)/\(name)", withIntermediateDirectories: true)
        }
        let files = [
            "networks/net/10.1.0.2": "nm-run1-net-node0-pod7\r\neth0",
            "networks/net/10.1.0.3": "nm-run2-net-pod1\r\neth0",
            "networks/net/10.1.0.4": "somebody\r\nnm-run1-", "networks/net/last_reserved_ip.0": "10.1.0.4",
            "tuning/nm-run1-net-node0-pod7_eth0.json": "{}", "tuning/xnm-run1-net_eth0.json": "{}",
        ]
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
        }
        try body(directory)
        #expect(FileManager.default.fileExists(atPath: "\(directory)/networks/net/10.1.0.4"))
    }

    @Test("files are found by the container's ID, in their name or at their beginning, and those of others are not")
    func found() throws {
        try with { directory in
            let files = PluginState(directories: [directory, "/nowhere"]).files(ofContainersWith: "nm-run1-")
            #expect(
                files.map(\.path) == [
                    "\(directory)/networks/net/10.1.0.2", "\(directory)/tuning/nm-run1-net-node0-pod7_eth0.json",
                ])
            #expect(files.first?.container == "nm-run1-net-node0-pod7")
        }
    }

    @Test("only those are removed, and a second time there is nothing to do")
    func removed() throws {
        try with { directory in
            let state = PluginState(directories: [directory])
            for _ in 1...2 {
                try state.remove(ofContainersWith: "nm-run1-")
                #expect(state.files(ofContainersWith: "nm-run1-").isEmpty)
            }
            #expect(state.files(ofContainersWith: "nm-").map(\.container) == ["nm-run2-net-pod1"])
        }
    }

    @Test("a network's own directory of leases is looked at, too")
    func ofList() throws {
        let list = try NetworkConfigurationList(
            json: #"""
                {"cniVersion":"1.0.0","name":"net","plugins":[
                {"type":"ptp","ipam":{"type":"host-local","dataDir":"/srv/leases"}},{"type":"tuning"}]}
                """#
        )
        #expect(PluginState(of: list).directories == ["/var/lib/cni", "/run/cni", "/srv/leases"])
    }
}
