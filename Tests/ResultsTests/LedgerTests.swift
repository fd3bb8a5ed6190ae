import Results
import Testing

@Suite("The ledger")
struct LedgerTests {
    @Test("entries are numbered, kept in the order in which they were made, and struck off")
    func openAndClose() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            let first = try store.open(Make.ledgerEntry("nm-a", runID: run.id))
            let rest = try store.open([Make.ledgerEntry("nm-b"), Make.ledgerEntry("nm-c", runID: run.id)])
            #expect([first] + rest == [first] + rest.sorted())
            #expect(try store.ledgerEntries().map(\.name) == ["nm-a", "nm-b", "nm-c"])
            #expect(try store.ledgerEntries(runID: run.id).map(\.id) == [first, rest[1]])
            var expected = Make.ledgerEntry("nm-b")
            expected.id = rest[0]
            #expect(try store.ledgerEntries()[1] == expected)
            try store.close(entryIDs: [first, rest[1]])
            try store.close(entryID: first)
            #expect(try store.ledgerEntries().map(\.name) == ["nm-b"])
        }
    }

    @Test("a number is never given twice, so that a late strike-off hits nothing else")
    func numbersAreNotReused() throws {
        try withStore { store in
            let first = try store.open(Make.ledgerEntry("a"))
            try store.close(entryID: first)
            #expect(try store.open(Make.ledgerEntry("b")) > first)
        }
    }

    @Test("a run whose things still exist is not deleted")
    func deletionIsRefused() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            let entry = try store.open(Make.ledgerEntry("nm-a", runID: run.id))
            let error = storeError { try store.deleteRun(run.id) }
            #expect(error?.code == .stillInLedger)
            #expect(error?.nextStep.contains("netmachinery cleanup") == true)
            #expect(try store.runs().count == 1)
            try store.close(entryID: entry)
            try store.deleteRun(run.id)
            #expect(try store.runs().isEmpty)
        }
    }

    @Test("bad JSON in a detail is refused, and none of its companions is written")
    func badDetail() throws {
        try withStore { (store: Store) throws in
            var bad = Make.ledgerEntry("bad")
            bad.detail = "{"
            #expect(storeError { _ = try store.open([Make.ledgerEntry("good"), bad]) }?.code == .invalidRecord)
            #expect(try store.ledgerEntries().isEmpty)
        }
    }
}
