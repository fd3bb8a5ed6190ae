import Results
import Testing

@Suite("Finding runs")
struct StoreRunsTests {
    private static let ids = ["01JDAAAAAA0000000000000001", "01JDAAAAAA0000000000000002", "01JDBBBBBB0000000000000003"]

    private func withRuns(_ body: (Store, [RunRecord]) throws -> Void) throws {
        try withStore { store in
            let runs = [
                Make.run(id: Self.ids[0], name: "quickstart", labels: ["commit": "abc", "who": "me"]),
                Make.run(id: Self.ids[1], name: "quickstart", labels: ["commit": "abc"], outcome: .completed),
                Make.run(id: Self.ids[2], name: "overlay", labels: ["commit": "def", "a=b": "c=d"]),
            ]
            for run in runs.shuffled() {
                try store.begin(run)
            }
            try body(store, runs)
        }
    }

    @Test(
        "an id, the beginning of one in either case, latest, and a label find the run that is meant",
        arguments: [
            ("latest", 2), (ids[0], 0), ("01JDB", 2), ("01jdb", 2), ("01JDAAAAAA0000000000000002", 1),
            ("commit=abc", 1), ("who=me", 0), ("commit=def", 2),
        ]
    )
    func selectors(selector: String, index: Int) throws {
        try withRuns { (store: Store, runs: [RunRecord]) throws in
            #expect(try store.run(selector) == runs[index])
        }
    }

    @Test("an id that is also the beginning of another one is that id")
    func exactBeforePrefix() throws {
        try withRuns { (store: Store, _: [RunRecord]) throws in
            let short = Make.run(id: "01JDA")
            try store.begin(short)
            #expect(try store.run("01JDA") == short)
        }
    }

    @Test("the beginning of several ids names them")
    func ambiguous() throws {
        try withRuns { (store: Store, _: [RunRecord]) throws in
            let error = storeError { _ = try store.run("01JDA") }
            #expect(error?.code == .ambiguous)
            #expect(error?.reason.contains(Self.ids[0]) == true)
            #expect(error?.reason.contains(Self.ids[1]) == true)
        }
    }

    @Test(
        "nothing is found for other texts",
        arguments: ["", "9", "%", "_", "*", "who=you", "commit=", "=abc", "'; DROP TABLE runs; --"]
    )
    func notFound(selector: String) throws {
        try withRuns { (store: Store, _: [RunRecord]) throws in
            #expect(storeError { _ = try store.run(selector) }?.code == .notFound)
        }
    }

    @Test("a run is found by its steps, and goes with them; one that stands alone stays")
    func steps() throws {
        try withRuns { (store: Store, runs: [RunRecord]) throws in
            var step = Make.run(id: "01JDCCCCCC0000000000000001", name: "degraded")
            step.parent = RunParent(id: runs[0].id, step: "measure")
            var inner = Make.run(id: "01JDCCCCCC0000000000000002")
            inner.parent = RunParent(id: step.id, step: "warm up")
            try store.begin(step)
            try store.begin(inner)
            #expect(try store.runs(matching: RunFilter(parent: runs[0].id)) == [step])
            #expect(try store.run(inner.id).parent == RunParent(id: step.id, step: "warm up"))
            #expect(try store.run("latest").parent == nil, "the latest is a whole run rather than a step of one")
            #expect(try store.run(runs[1].id).parent == nil)
            let document = try store.export(runID: step.id)
            try store.deleteRun(runs[0].id)
            #expect(try store.runs().map(\.id) == [runs[2].id, runs[1].id])
            try store.importRun(document)
            #expect(try store.run(step.id) == step, "a step is kept where its parent is not")
        }
    }

    @Test("a run is not deleted while a step of it has something in the ledger")
    func stepInLedger() throws {
        try withRuns { (store: Store, runs: [RunRecord]) throws in
            var step = Make.run(id: "01JDCCCCCC0000000000000001")
            step.parent = RunParent(id: runs[0].id, step: "measure")
            try store.begin(step)
            _ = try store.open(Make.ledgerEntry("nm-a", runID: step.id))
            #expect(storeError { try store.deleteRun(runs[0].id) }?.code == .stillInLedger)
            #expect(try store.runs(matching: RunFilter(parent: runs[0].id)) == [step])
        }
    }

    @Test("there is no latest run in an empty database")
    func emptyDatabase() throws {
        try withStore { (store: Store) throws in
            #expect(storeError { _ = try store.run("latest") }?.code == .notFound)
            #expect(try store.runs().isEmpty)
        }
    }

    @Test("filters restrict, combine, and list the latest first")
    func filters() throws {
        try withRuns { (store: Store, runs: [RunRecord]) throws in
            #expect(try store.runs() == runs.reversed())
            #expect(try store.runs(matching: RunFilter(limit: 2)) == [runs[2], runs[1]])
            #expect(try store.runs(matching: RunFilter(name: "quickstart")) == [runs[1], runs[0]])
            #expect(try store.runs(matching: RunFilter(outcome: .completed)) == [runs[1]])
            #expect(try store.runs(matching: RunFilter(kind: "Other")).isEmpty)
            #expect(try store.runs(matching: RunFilter(labels: ["a=b": "c=d"])) == [runs[2]])
            let both = RunFilter(name: "quickstart", labels: ["commit": "abc", "who": "me"], limit: 5)
            #expect(try store.runs(matching: both) == [runs[0]])
        }
    }
}
