import ContainerNetworking
import Foundation
import TestSupport
import Testbed
import Testing

@testable import LocalTestbed

@Suite("What plugins remember of a run")
struct PluginStateRemovalTests {
    @Test("it is found by the audit, spared while the run is in use, and goes with the run's directory")
    func removed() async throws {
        try await ScratchDirectory.with { root in
            let paths = LocalPaths(root: "\(root)/runs")
            let state = PluginState(directories: ["\(root)/state"])
            for directory in ["runs/run1", "runs/run2", "state/networks/net"] {
                try FileManager.default.createDirectory(
                    atPath: "\(root)/\(directory)", withIntermediateDirectories: true)
            }
            for run in ["run1", "run2"] {
                let file = "\(root)/state/networks/net/\(run)"
                try Data("nm-\(run)-net-node0-pod1\r\neth0".utf8).write(to: URL(fileURLWithPath: file))
            }
            func audit() -> LocalAudit { LocalAudit.look(paths: paths, run: nil, pluginState: state) }
            #expect(audit().pluginFiles.count == 2)
            #expect(!audit().isClean)
            let spared = audit().without(["\(root)/runs/run1"])
            #expect(Array(spared.pluginFiles.values) == ["nm-run2-net-node0-pod1"])
            let remover = LocalRemover(paths: paths, pluginState: state)
            try await remover.remove(LedgerItem(kind: .directory, name: "\(root)/runs/run1"))
            #expect(audit().pluginFiles == ["\(root)/state/networks/net/run2": "nm-run2-net-node0-pod1"])
            #expect(audit().findings.last?.contains("of container nm-run2-net-node0-pod1") == true)
            try await remover.remove(LedgerItem(kind: .directory, name: "\(root)/runs/run2"))
            #expect(audit().pluginFiles.isEmpty)
        }
    }

    @Test("leases in a directory that a list names are found by the records of attachments that were never undone")
    func elsewhere() async throws {
        try await ScratchDirectory.with { root in
            let plugin = "\(root)/plugins/one"
            let lease = "\(root)/leases/net/10.1.0.2"
            for file in [plugin, lease] {
                let directory = URL(fileURLWithPath: file).deletingLastPathComponent()
                try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            }
            let script = "#!/bin/sh\ncat >/dev/null; echo '{\"cniVersion\":\"1.0.0\"}'\n"
            try Data(script.utf8).write(to: URL(fileURLWithPath: plugin))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: plugin)
            let container = "nm-run1-net-node0-pod1"
            try Data("\(container)\r\neth0".utf8).write(to: URL(fileURLWithPath: lease))
            let runtime = CNIRuntime(
                pluginDirectories: ["\(root)/plugins"],
                deadline: .seconds(20),
                cacheDirectory: "\(root)/runs/run1/sites/net-node0/attachments"
            )
            let list = try NetworkConfigurationList(
                json:
                    #"{"cniVersion":"1.0.0","name":"net","plugins":[{"type":"one","ipam":{"dataDir":"\#(root)/leases"}}]}"#
            )
            _ = try await runtime.add(list, .init(containerID: container, namespacePath: "/nowhere"))
            let remover = LocalRemover(
                paths: LocalPaths(root: "\(root)/runs"), pluginState: PluginState(directories: []))
            try await remover.remove(LedgerItem(kind: .directory, name: "\(root)/runs/run1"))
            #expect(!FileManager.default.fileExists(atPath: lease))
            #expect(!FileManager.default.fileExists(atPath: "\(root)/runs/run1"))
        }
    }
}
