import Foundation
import LinuxHost
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
            let cleanUp = CleanUp(
                store: store, lockPath: lockPath, providers: [ScriptedProvider { item in removed.take(item) }])
            #expect(try await cleanUp.run().removed == ["namespace c", "namespace b", "namespace a"])
            #expect(removed.all == ["c", "b", "a"])
            #expect(try store.ledgerEntries().isEmpty)
        }
    }

    @Test("what a living process owns, and what belongs to a lab, is left alone and named with its owner")
    func leavesTheLivingAlone() async throws {
        try await withStore { store, lockPath in
            _ = try StoreLedger(store: store, runID: nil, testbed: "local").open(
                LedgerItem(kind: .namespace, name: "mine"))
            _ = try StoreLedger(store: store, runID: nil, testbed: "local", lab: "lab").open(
                LedgerItem(kind: .directory, name: "lab's"))
            let removed = Removed()
            let cleanUp = CleanUp(
                store: store, lockPath: lockPath, providers: [ScriptedProvider { item in removed.take(item) }])
            #expect(
                try await cleanUp.run().inUse == [
                    CleanUp.Owned(kind: "directory", name: "lab's", owner: "the lab lab"),
                    CleanUp.Owned(kind: "namespace", name: "mine", owner: "process \(getpid())"),
                ])
            #expect(removed.all.isEmpty)
            #expect(try store.ledgerEntries().map(\.name) == ["mine", "lab's"])
        }
    }

    @Test("of several labs only the one that is named is taken down, and nothing of a run with it")
    func oneLab() async throws {
        try await withStore { store, lockPath in
            for lab in ["one", "two", "on"] {
                for item in ["node", "pod"] {
                    _ = try StoreLedger(store: store, runID: nil, testbed: "local", lab: lab)
                        .open(LedgerItem(kind: .namespace, name: "\(lab)-\(item)"))
                }
            }
            _ = try StoreLedger(store: store, runID: nil, testbed: "local").open(
                LedgerItem(kind: .namespace, name: "run"))
            let removed = Removed()
            let cleanUp = CleanUp(
                store: store, lockPath: lockPath, providers: [ScriptedProvider { item in removed.take(item) }])
            #expect(try await cleanUp.takeDown(lab: "one").removed == ["namespace one-pod", "namespace one-node"])
            #expect(removed.all == ["one-pod", "one-node"])
            #expect(try store.ledgerEntries().map(\.name) == ["two-node", "two-pod", "on-node", "on-pod", "run"])
            #expect(try await cleanUp.takeDown(lab: "none") == CleanUp.Report())
        }
    }

    @Test("entries from before a restart are struck off without touching what has the same name now")
    func otherBoot() async throws {
        try await withStore { store, lockPath in
            var entry = try dead("namespace", "old")
            entry.bootID = "another"
            _ = try store.open(entry)
            // A lab outlives its command, and not the machine.
            entry.name = "lab's"
            entry.detail = try LedgerDetail(testbed: "local", lab: "lab").text()
            _ = try store.open(entry)
            let removed = Removed()
            let cleanUp = CleanUp(
                store: store, lockPath: lockPath, providers: [ScriptedProvider { item in removed.take(item) }])
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
            let cleanUp = CleanUp(
                store: store, lockPath: lockPath,
                providers: [
                    ScriptedProvider { item throws(TestbedError) in
                        if item.name == "bad" { throw TestbedError(operation: "remove", object: "bad", cause: "busy") }
                    }
                ])
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
            let cleanUp = CleanUp(store: store, lockPath: lockPath, providers: [ScriptedProvider()])
            let lock = try MeasurementLock(path: lockPath, holder: "somebody")
            #expect(try await cleanUp.run().endedRuns.isEmpty)
            withExtendedLifetime(lock) {}
            _ = consume lock
            #expect(try await cleanUp.run().endedRuns == [run.id])
            #expect(try store.run(run.id).outcome == .interrupted)
        }
    }

    /// A run of the store that never ended.
    private func unended(_ store: Store, owner: LedgerEntry? = nil) throws -> RunRecord {
        let run = RunRecord(kind: "CNIPerformance", name: "killed", testbed: "local", seed: 1, toolVersion: "test")
        try store.begin(run)
        if var owner {
            owner.runID = run.id
            _ = try store.open(owner)
        }
        return run
    }

    @Test("whoever measures now: a run whose process is dead by the ledger is marked as interrupted")
    func deadByTheLedger() async throws {
        try await withStore { store, lockPath in
            let run = try unended(store, owner: dead("namespace", "a"))
            let lock = try MeasurementLock(path: lockPath, holder: "flock")
            // The ledger tells whose run it was also when things cannot be removed.
            let cleanUp = CleanUp(
                store: store, lockPath: lockPath,
                providers: [
                    ScriptedProvider { _ throws(TestbedError) in
                        throw TestbedError(operation: "remove", object: "a", cause: "busy")
                    }
                ])
            let report = try await cleanUp.run()
            #expect(report.endedRuns == [run.id] && report.inUse.isEmpty && report.failures.count == 1)
            #expect(try store.run(run.id).outcome == .interrupted)
            withExtendedLifetime(lock) {}
        }
    }

    @Test("a run whose process lives is not marked, whoever holds the lock")
    func living() async throws {
        try await withStore { store, lockPath in
            let run = try unended(store)
            _ = try StoreLedger(store: store, runID: run.id, testbed: "local").open(
                LedgerItem(kind: .namespace, name: "a"))
            let cleanUp = CleanUp(store: store, lockPath: lockPath, providers: [ScriptedProvider()])
            #expect(try await cleanUp.run().endedRuns.isEmpty)
            #expect(try store.run(run.id).outcome == .running)
        }
    }

    @Test("without a ledger the lock tells: another run measures, so this one is over; this one does, so it is not")
    func deadByTheLock() async throws {
        try await withStore { store, lockPath in
            let run = try unended(store)
            let cleanUp = CleanUp(store: store, lockPath: lockPath, providers: [ScriptedProvider()])
            do {
                let lock = try MeasurementLock(path: lockPath, run: run.id)
                let report = try await cleanUp.run()
                #expect(report.endedRuns.isEmpty)
                #expect(
                    report.inUse == [CleanUp.Owned(kind: "run", name: run.id, owner: "process \(getpid())")])
                withExtendedLifetime(lock) {}
            }
            let lock = try MeasurementLock(path: lockPath, run: "another")
            #expect(try await cleanUp.run().endedRuns == [run.id])
            withExtendedLifetime(lock) {}
        }
    }

    @Test("when the lock is held by a program that says nothing, it is said that nothing is known")
    func unknown() async throws {
        try await withStore { store, lockPath in
            let run = try unended(store)
            let lock = try MeasurementLock(path: lockPath, holder: "somebody")
            let report = try await CleanUp(store: store, lockPath: lockPath, providers: [ScriptedProvider()]).run()
            #expect(report.endedRuns.isEmpty)
            #expect(report.inUse.map(\.name) == [run.id])
            #expect(report.inUse.first?.owner.contains(lockPath) == true)
            withExtendedLifetime(lock) {}
        }
    }

    @Test("an entry of a testbed that this program does not know is kept, and said")
    func unknownTestbed() async throws {
        try await withStore { store, lockPath in
            _ = try store.open(dead("namespace", "a", detail: #"{"testbed":"elsewhere"}"#))
            let removed = Removed()
            let report = try await CleanUp(
                store: store, lockPath: lockPath, providers: [ScriptedProvider { item in removed.take(item) }]
            ).run()
            #expect(removed.all.isEmpty)
            #expect(report.failures.count == 1 && report.failures[0].contains("no testbed elsewhere"))
            #expect(try store.ledgerEntries().map(\.name) == ["a"])
        }
    }

    @Test("what earlier programs wrote into the ledger is understood: the lab's key, and what removal needs")
    func earlierEntries() {
        let run = LedgerDetail(text: #"{"cache":"/c","list":"{}","nodeNamespace":"/n"}"#)
        #expect(run.testbed == "local" && run.lab == nil && run.item?.contains("nodeNamespace") == true)
        let lab = LedgerDetail(text: #"{"lab":"mine"}"#)
        #expect(lab.testbed == "local" && lab.lab == "mine")
        #expect(LedgerDetail(text: "{}") == LedgerDetail(testbed: "local"))
    }
}
