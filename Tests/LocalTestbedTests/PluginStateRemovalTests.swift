import ContainerNetworking
import Foundation
import LinuxHost
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
            // A pipe, which nobody writes to: whoever reads it waits for ever.
            #expect(mkfifo("\(root)/state/networks/net/pipe", 0o600) == 0)
            func audit(_ run: String? = nil) -> LocalAudit {
                LocalAudit.look(paths: paths, run: run, pluginState: state)
            }
            let (first, second) = ("\(root)/state/networks/net/run1", "\(root)/state/networks/net/run2")
            let both = [first: "nm-run1-net-node0-pod1", second: "nm-run2-net-node0-pod1"]
            #expect(audit().pluginFiles == both)
            #expect(audit().directories == ["\(root)/runs/run1", "\(root)/runs/run2"])
            #expect(!audit().isClean)
            // Leases alone are something left, and of one run only what is its own is listed.
            #expect(!LocalAudit(namespaces: [], processes: [:], directories: [], pluginFiles: both).isClean)
            #expect(audit("run1").pluginFiles == [first: "nm-run1-net-node0-pod1"])
            #expect(audit("run1").directories == ["\(root)/runs/run1"])
            #expect(audit("run3").isClean)
            for spared in [audit().without(["\(root)/runs/run1"]), audit().without(runs: ["run1"])] {
                #expect(spared.pluginFiles == [second: "nm-run2-net-node0-pod1"])
                #expect(spared.directories == ["\(root)/runs/run2"])
            }
            let remover = LocalRemover(paths: paths, pluginState: state)
            try await remover.remove(LedgerItem(kind: .directory, name: "\(root)/runs/run1"))
            #expect(audit().pluginFiles == ["\(root)/state/networks/net/run2": "nm-run2-net-node0-pod1"])
            #expect(
                audit().findings == [
                    "directory \(root)/runs/run2", "file \(second) of container nm-run2-net-node0-pod1",
                ])
            try await remover.remove(LedgerItem(kind: .directory, name: "\(root)/runs/run2"))
            #expect(audit().isClean)
            #expect(FileManager.default.fileExists(atPath: "\(root)/state/networks/net/pipe"))
        }
    }

    @Test("a run that goes on is known by its directory, with its process; one that is over is not")
    func living() throws {
        try ScratchDirectory.with { root in
            let paths = LocalPaths(root: root)
            for run in ["lives", "died", "lab_a"] {
                try Directories.create("\(root)/\(run)", outlivesProcess: run == "lab_a")
            }
            let gone = OwnerProcess(bootID: OwnerProcess.current.bootID, pid: getpid(), start: 1)
            try Data(gone.text.utf8).write(to: URL(fileURLWithPath: "\(root)/died/owner"))
            let audit = LocalAudit.look(paths: paths, run: nil, pluginState: PluginState(directories: []))
            #expect(audit.living == ["lives": getpid()])
        }
    }

    @Test("of a run everything is spared, and nothing of one whose name begins like it")
    func withoutRuns() {
        let audit = LocalAudit(
            namespaces: ["nm-a-net-node0", "nm-ab-net-node0"],
            processes: [1: "nm-a-net-node0", 2: "nm-ab-net-node0", 3: "/run/x/a", 4: "run b (sleep)"],
            directories: ["/run/x/a", "/run/x/ab"],
            pluginFiles: ["/f1": "nm-a-net-node0-pod0", "/f2": "nm-ab-net-node0-pod0"]
        )
        #expect(
            audit.without(runs: ["a"])
                == LocalAudit(
                    namespaces: ["nm-ab-net-node0"], processes: [2: "nm-ab-net-node0", 4: "run b (sleep)"],
                    directories: ["/run/x/ab"], pluginFiles: ["/f2": "nm-ab-net-node0-pod0"]
                ))
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
            // Beside it a record that is none, and a pipe in place of one.
            let site = "\(root)/runs/run1/sites/net-node0/attachments"
            try Data("{".utf8).write(to: URL(fileURLWithPath: "\(site)/a.json"))
            #expect(mkfifo("\(site)/b.json", 0o600) == 0)
            let remover = LocalRemover(
                paths: LocalPaths(root: "\(root)/runs"), pluginState: PluginState(directories: []))
            try await remover.remove(LedgerItem(kind: .directory, name: "\(root)/runs/run1"))
            #expect(!FileManager.default.fileExists(atPath: lease))
            #expect(!FileManager.default.fileExists(atPath: "\(root)/runs/run1"))
        }
    }
}
