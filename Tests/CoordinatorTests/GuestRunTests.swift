import Contract
import Results
import TestSupport
import Testbed
import Testing

@testable import Coordinator
@testable import KernelGuest

@Suite("A run in a kernel guest, as the host sees it")
struct GuestRunTests {
    private static let runID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
    private static let death = GuestError(
        code: .ended, operation: "finish", object: "the kernel guest", cause: "panic", nextStep: "look")

    @Test("what was told is stored, and the end of the program inside is the run's")
    func completed() async throws {
        try await Self.withStore { store async throws in
            let summary = try await Self.run(store) { line in
                for told in [Self.begin, Self.trial(.completed), Self.trial(.skipped), Self.finish(.completed)] {
                    try await line(told)
                }
                return 0
            }
            #expect(summary.completed == 1)
            #expect(summary.failures == ["skipped": 1])
            #expect(try store.run(Self.runID).outcome == .completed)
            #expect(try store.ledgerEntries().isEmpty)
        }
    }

    @Test("a guest that dies loses nothing that was told, and its run ends as failed, with the reason")
    func died() async throws {
        try await Self.withStore { store async throws in
            let error = await #expect(throws: RunError.self) {
                try await Self.run(store) { line in
                    try await line(Self.begin)
                    try await line(Self.trial(.completed))
                    throw Self.death
                }
            }
            #expect(error?.description.contains("panic") == true)
            #expect(try store.run(Self.runID).outcome == .failed)
            #expect(try store.trials(runID: Self.runID).count == 1)
            let events = try store.events(runID: Self.runID)
            #expect(events.contains { $0.name == "kernel guest failed" && $0.detail.contains("panic") })
            #expect(try store.ledgerEntries().isEmpty)
        }
    }

    @Test("a guest that never came to its run leaves none, and an exit code of its own is told")
    func nothing() async throws {
        try await Self.withStore { store async throws in
            let error = await #expect(throws: RunError.self) { try await Self.run(store) { _ in 3 } }
            #expect(error?.description.contains("exit status 3") == true)
            #expect(try store.runs(matching: RunFilter()).isEmpty)
        }
    }

    @Test("a line that cannot be stored ends the run")
    func unstorable() async throws {
        try await Self.withStore { store async throws in
            let error = await #expect(throws: RunError.self) {
                try await Self.run(store) { line in
                    try await line(Self.trial(.completed))
                    return 0
                }
            }
            guard case .storeFailed = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }

    @Test("an interruption is told to the guest, and is the end of the run also when the guest ends badly")
    func interrupted() async throws {
        try await Self.withStore { store async throws in
            let summary = try await Self.run(store, interruption: { "SIGTERM" }) { line in
                try await line(Self.begin)
                throw Self.death
            }
            #expect(summary.interruption == "SIGTERM")
            #expect(try store.run(Self.runID).outcome == .interrupted)
        }
    }

    @Test("facts of the process outside win over those from inside")
    func facts() {
        let line = ArchiveLine.environment(runID: "x", facts: ["kernel.where": "host", "os.name": "Debian"])
        #expect(
            line.adding(["kernel.where": "guest"])
                == .environment(runID: "x", facts: ["kernel.where": "guest", "os.name": "Debian"]))
        #expect(Self.begin.adding(["a": "b"]) == Self.begin)
    }

    // MARK: Support

    private static let begin = ArchiveLine.begin(
        RunRecord(
            id: runID, kind: "CNIPerformance", name: "tiny", testbed: "local", seed: 1,
            startedAt: Timestamp(millisecondsSinceEpoch: 0), toolVersion: "test"))

    private static func trial(_ outcome: TrialOutcome) -> ArchiveLine {
        .trial(
            TrialRecord(
                runID: runID, variant: "network=bridge", factors: [:], block: 1, position: 1, startedAt: .now(),
                endedAt: .now(), outcome: outcome, reason: outcome == .completed ? nil : "because"),
            samples: [], histograms: [], artifacts: [], events: [])
    }

    private static func finish(_ outcome: RunOutcome) -> ArchiveLine {
        .finish(runID: runID, outcome: outcome, endedAt: .now())
    }

    private struct Silent: RunObserver {
        func observe(_ event: RunEvent) {}
    }

    private static func withStore(_ body: (Store) async throws -> Void) async throws {
        try await ScratchDirectory.with("guestrun") { directory in
            try await body(try Store.open(at: "\(directory)/results.sqlite"))
        }
    }

    private static func run(
        _ store: Store,
        interruption: @escaping @Sendable () async -> String? = { nil },
        _ guest: @escaping @Sendable (@Sendable (ArchiveLine) async throws -> Void) async throws -> Int32
    ) async throws(RunError) -> RunSummary {
        let image = KernelImage(
            release: "6.1", path: "/boot/vmlinuz-6.1", modules: "/lib/modules/6.1",
            dependencies: ModuleDependencies(dependencies: "", builtIn: ""))
        return try await GuestRun(
            plan: GuestPlan(
                runID: runID,
                directory: "/run/netmachinery/x",
                parts: GuestParts(image: image, qemu: "qemu", busybox: "busybox"),
                request: GuestRequest(words: ["/bin/true"]),
                limits: GuestLimits(total: .seconds(1)),
                lockPath: "\(store.path).lock"
            ),
            store: store,
            ledger: StoreLedger(store: store, runID: nil, testbed: "local"),
            observer: Silent(),
            execute: { _, _, stop, line in
                _ = await stop()
                return try await guest(line)
            },
            remove: { item throws(TestbedError) in
                // On the ledger from before it was made until it is gone.
                guard (try? store.ledgerEntries().map(\.name)) == [item.name] else {
                    throw TestbedError(operation: "remove", object: item.name, cause: "it is not on the ledger")
                }
            }
        ).run(interruption: interruption)
    }
}
