import Foundation
import TestSupport
import Testbed
import Testing

@testable import LocalTestbed

@Suite("Removing by the ledger")
struct LocalRemoverTests {
    @Test(
        "what this program does not make is refused, whatever the ledger says",
        arguments: [
            LedgerItem(kind: .namespace, name: "docker0"),
            LedgerItem(kind: .directory, name: "/etc"),
            LedgerItem(kind: .directory, name: "/run/netmachinery/../../etc"),
            LedgerItem(kind: .directory, name: "/run/netmachinery-other"),
            LedgerItem(kind: .guest, name: "/run/netmachinery/../user"),
        ]
    )
    func refuses(_ item: LedgerItem) async {
        let error = await #expect(throws: TestbedError.self) { try await LocalRemover().remove(item) }
        #expect(error?.cause == "it is not one that this program makes")
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

    @Test("of a guest the emulator is ended, which is known by its directory, and the directory goes")
    func guest() async throws {
        try await ScratchDirectory.with { root in
            let item = LedgerItem(kind: .guest, name: "\(root)/run1")
            try FileManager.default.createDirectory(atPath: item.name, withIntermediateDirectories: true)
            let emulator = Process()
            emulator.executableURL = URL(fileURLWithPath: "/usr/bin/tail")
            // What counts is the word among the arguments.
            emulator.arguments = ["-f", "/dev/null", "file:\(item.name)/console"]
            emulator.standardError = FileHandle.nullDevice
            try emulator.run()
            try await LocalRemover(paths: LocalPaths(root: root)).remove(item)
            emulator.waitUntilExit()
            #expect(emulator.terminationReason == .uncaughtSignal)
            #expect(!FileManager.default.fileExists(atPath: item.name))
        }
    }

    @Test("an attachment whose node is gone needs no DEL")
    func attachment() async throws {
        let item = LedgerItem(
            kind: .attachment,
            name: "nm-x-bridge-node0-pod0",
            detail: ["nodeNamespace": "/run/netns/nm-x-gone", "list": "{}", "cache": "/nowhere"]
        )
        try await LocalRemover().remove(item)
        #expect(!FileManager.default.fileExists(atPath: "/nowhere"))
    }
}
