import ContainerNetworking
import Foundation
import KernelGuest
import TestSupport
import Testbed
import Testing

@testable import LocalTestbed

@Suite("Removing by the ledger")
struct LocalRemoverTests {
    /// Runs below a root of the test's own, and beside it what a guard protects; with a broken guard nothing else is lost.
    private func withSentinels(_ body: (_ root: String, _ directory: String) async throws -> Void) async throws {
        try await ScratchDirectory.with { directory in
            let root = "\(directory)/runs"
            for name in ["runs/run1", "outside", "runs-other"] {
                try FileManager.default.createDirectory(
                    atPath: "\(directory)/\(name)", withIntermediateDirectories: true)
                try Data("kept".utf8).write(to: URL(fileURLWithPath: "\(directory)/\(name)/sentinel"))
            }
            try await body(root, directory)
            for name in ["outside", "runs-other"] {
                #expect(FileManager.default.fileExists(atPath: "\(directory)/\(name)/sentinel"), "\(name)")
            }
        }
    }

    @Test(
        "what this program does not make is refused, whatever the ledger says",
        arguments: [
            "/outside", "/runs/../outside", "/runs/run1/../../outside", "/runs-other", "/runs", "/runs/", "/runs/.",
            "/runs/..", "/runs/run1/deeper", "/runs//outside", "", "/runs/run1/",
        ],
        [LedgerItem.Kind.directory, .guest]
    )
    func refuses(_ path: String, _ kind: LedgerItem.Kind) async throws {
        try await withSentinels { root, directory in
            let remover = LocalRemover(paths: LocalPaths(root: root), pluginState: PluginState(directories: []))
            let item = LedgerItem(kind: kind, name: directory + path)
            let error = await #expect(throws: TestbedError.self) { try await remover.remove(item) }
            #expect(error?.cause == "it is not one that this program makes")
            #expect(FileManager.default.fileExists(atPath: "\(root)/run1/sentinel"))
        }
    }

    @Test(
        "names of namespaces that are not ours, or lead out of their directory, are refused",
        arguments: ["docker0", "nm-/../../outside", "nm-a/b", "", "nmx-a"]
    )
    func refusesNamespaces(_ name: String) async {
        let error = await #expect(throws: TestbedError.self) {
            try await LocalRemover().remove(LedgerItem(kind: .namespace, name: name))
        }
        #expect(error?.cause == "it is not one that this program makes")
    }

    @Test("a link in place of a run's directory goes, and what it points to stays")
    func link() async throws {
        try await withSentinels { root, directory in
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/run2", withDestinationPath: "\(directory)/outside")
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/run1/way", withDestinationPath: "\(directory)/outside")
            let remover = LocalRemover(paths: LocalPaths(root: root), pluginState: PluginState(directories: []))
            for run in ["run1", "run2"] {
                try await remover.remove(LedgerItem(kind: .directory, name: "\(root)/\(run)"))
            }
            // The last one takes the directory above with it.
            #expect(!FileManager.default.fileExists(atPath: root))
        }
    }

    @Test("a directory of a run goes with everything in it, and removing it again is no error")
    func directory() async throws {
        try await ScratchDirectory.with { root in
            let remover = LocalRemover(paths: LocalPaths(root: root))
            let item = LedgerItem(kind: .directory, name: "\(root)/run1")
            try FileManager.default.createDirectory(atPath: "\(root)/run1/leases", withIntermediateDirectories: true)
            try await remover.remove(item)
            #expect(!FileManager.default.fileExists(atPath: "\(root)/run1"))
            try await remover.remove(item)
        }
    }

    @Test(
        "of a guest the emulator is ended, which is known by its directory, and the directory goes",
        .timeLimit(.minutes(1))
    )
    func guest() async throws {
        try await ScratchDirectory.with { root in
            let item = LedgerItem(kind: .guest, name: "\(root)/run1")
            try FileManager.default.createDirectory(atPath: item.name, withIntermediateDirectories: true)
            let emulator = Process()
            emulator.executableURL = URL(fileURLWithPath: "/usr/bin/tail")
            // What counts is the word among the arguments.
            emulator.arguments = [
                "-f", "/dev/null", GuestProcesses.consoleDevice(GuestProcesses.console(in: item.name)),
            ]
            emulator.standardError = FileHandle.nullDevice
            try emulator.run()
            defer { if emulator.isRunning { kill(emulator.processIdentifier, SIGKILL) } }
            // Before it has become the program, nothing tells it by its arguments.
            let end = ContinuousClock.now + .seconds(10)
            while GuestProcesses.find(directory: item.name) != [emulator.processIdentifier], ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(5))
            }
            try #require(GuestProcesses.find(directory: item.name) == [emulator.processIdentifier])
            try await LocalRemover(paths: LocalPaths(root: root)).remove(item)
            while emulator.isRunning, ContinuousClock.now < end + .seconds(10) {
                try await Task.sleep(for: .milliseconds(5))
            }
            try #require(!emulator.isRunning)
            #expect(emulator.terminationReason == .uncaughtSignal)
            #expect(!FileManager.default.fileExists(atPath: item.name))
        }
    }

    /// A plugin that writes down that it was called, and the ledger's item for an attachment by it.
    private func attachment(
        node: String, in directory: String, plugins: String?
    ) throws -> (item: LedgerItem, calls: () -> String) {
        let log = "\(directory)/calls"
        for name in ["theirs", "ours"] {
            let plugin = "\(directory)/\(name)/one"
            try FileManager.default.createDirectory(
                atPath: "\(directory)/\(name)", withIntermediateDirectories: true)
            let script = "#!/bin/sh\ncat >/dev/null; echo \(name) $CNI_COMMAND $CNI_CONTAINERID >> \(log)\n"
            try Data(script.utf8).write(to: URL(fileURLWithPath: plugin))
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: plugin)
        }
        let detail = AttachmentDetail(
            nodeNamespace: node, cache: "\(directory)/cache",
            list: #"{"cniVersion":"1.0.0","name":"net","plugins":[{"type":"one"}]}"#, plugins: plugins)
        let item = LedgerItem(kind: .attachment, name: "nm-x-bridge-node0-pod0", detail: try detail.json())
        return (item, { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" })
    }

    @Test("an attachment whose node is gone needs no DEL: no plugin is called")
    func goneNode() async throws {
        try await ScratchDirectory.with { directory in
            let (item, calls) = try attachment(
                node: "\(directory)/gone", in: directory, plugins: "\(directory)/theirs")
            try await LocalRemover(pluginDirectories: ["\(directory)/ours"]).remove(item)
            #expect(calls() == "")
        }
    }

    @Test(
        "an attachment is undone with the plugins that made it, or where it does not say, with the remover's",
        .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
        arguments: [(true, "theirs"), (false, "ours")]
    )
    func plugins(_ isSaid: Bool, _ directory: String) async throws {
        try await ScratchDirectory.with { root in
            let (item, calls) = try attachment(
                node: "/proc/self/ns/net", in: root, plugins: isSaid ? "\(root)/theirs" : nil)
            try await LocalRemover(pluginDirectories: ["\(root)/ours"]).remove(item)
            #expect(calls() == "\(directory) DEL nm-x-bridge-node0-pod0\n")
        }
    }
}
