import Foundation
import Results
import Synchronization
import TestSupport
import Testbed
import Testing

@testable import Coordinator

@Suite("Clean-up by the ledger")
struct CleanUpTests {
    /// An entry whose owner cannot be alive: its start time is no process's.
    private func dead(_ kind: String, _ name: String, detail: String = "{}") throws -> LedgerEntry {
        let owner = OwnerProcess.current
        return LedgerEntry(
            runID: nil,
            kind: kind,
            name: name,
            detail: detail,
            bootID: owner.bootID,
            ownerPID: owner.pid,
            ownerStart: owner.start &+ 1
        )
    }

    private func withStore<Value>(_ body: (Store, String) async throws -> Value) async throws -> Value {
        try await ScratchDirectory.with { directory in
            try await body(try Store.open(at: "\(directory)/results.sqlite"), "\(directory)/lock")
        }
    }

    private final class Removed: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock { $0 } }
        func take(_ item: LedgerItem) { names.withLock { $0.append(item.name) } }
    }

    @Test("what a dead process left is removed, last first, and struck off")
    func removesInReverse() async throws {
        try await withStore { store, lockPath in
            for name in ["a", "b", "c"] { _ = try store.open(dead("namespace", name)) }
            let removed = Removed()
            let cleanUp = CleanUp(store: store, lockPath: lockPath) { item throws(TestbedError) in removed.take(item) }
            #expect(try await cleanUp.run().removed == ["namespace c", "namespace b", "namespace a"])
            #expect(removed.all == ["c", "b", "a"])
            #expect(try store.ledgerEntries().isEmpty)
        }
    }

    @Test("what a living process owns, and what belongs to a lab, is left alone and named")
    func leavesTheLivingAlone() async throws {
        try await withStore { store, lockPath in
            _ = try StoreLedger(store: store, runID: nil).open(LedgerItem(kind: .namespace, name: "mine"))
            _ = try StoreLedger(store: store, runID: nil, lab: "lab").open(LedgerItem(kind: .namespace, name: "lab's"))
            let removed = Removed()
            let cleanUp = CleanUp(store: store, lockPath: lockPath) { item throws(TestbedError) in removed.take(item) }
            #expect(try await cleanUp.run().inUse.count == 2)
            #expect(removed.all.isEmpty)
            #expect(try await cleanUp.takeDown(lab: "lab").removed == ["namespace lab's"])
            #expect(try store.ledgerEntries().map(\.name) == ["mine"])
        }
    }

    @Test("entries from before a restart are struck off without touching what has the same name now")
    func otherBoot() async throws {
        try await withStore { store, lockPath in
            var entry = try dead("namespace", "old")
            entry.bootID = "another"
            _ = try store.open(entry)
            let removed = Removed()
            let cleanUp = CleanUp(store: store, lockPath: lockPath) { item throws(TestbedError) in removed.take(item) }
            #expect(try await cleanUp.run() == CleanUp.Report())
            #expect(removed.all.isEmpty)
            #expect(try store.ledgerEntries().isEmpty)
        }
    }

    @Test("what cannot be removed stays on the ledger and is told; the rest goes")
    func failure() async throws {
        try await withStore { store, lockPath in
            _ = try store.open(dead("namespace", "good"))
            _ = try store.open(dead("namespace", "bad"))
            _ = try store.open(dead("spaceship", "odd"))
            let cleanUp = CleanUp(store: store, lockPath: lockPath) { item throws(TestbedError) in
                if item.name == "bad" { throw TestbedError(operation: "remove", object: "bad", cause: "busy") }
            }
            let report = try await cleanUp.run()
            #expect(report.removed == ["namespace good"])
            #expect(report.failures.count == 2)
            #expect(try store.ledgerEntries().map(\.name) == ["bad", "odd"])
        }
    }

    @Test("a run that nobody is measuring any more is marked as interrupted; its trials stay")
    func deadRun() async throws {
        try await withStore { store, lockPath in
            let run = RunRecord(kind: "CNIPerformance", name: "killed", testbed: "local", seed: 1, toolVersion: "test")
            try store.begin(run)
            let cleanUp = CleanUp(store: store, lockPath: lockPath) { _ throws(TestbedError) in }
            let lock = try MeasurementLock(path: lockPath, holder: "somebody")
            #expect(try await cleanUp.run().endedRuns.isEmpty)
            withExtendedLifetime(lock) {}
            _ = consume lock
            #expect(try await cleanUp.run().endedRuns == [run.id])
            #expect(try store.run(run.id).outcome == .interrupted)
        }
    }
}
