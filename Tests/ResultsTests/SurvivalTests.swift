import Contract
import Foundation
import Results
import Testing

@Suite("Dying writers and several writers")
struct SurvivalTests {
    /// Database and WAL as a killed process leaves them: without the memory map, at whatever moment.
    private func copy(_ path: String, to directory: String) throws -> String {
        let copy = directory + "/copy.sqlite"
        for suffix in ["-wal", ""] {
            try? FileManager.default.removeItem(atPath: copy + suffix)
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
        }
        return copy
    }

    @Test("database and WAL copied after each trial, without closing, hold every trial that had ended")
    func copiesMidRun() throws {
        try withScratchDirectory { directory in
            let store = try Store.open(at: directory + "/results.sqlite")
            let run = Make.run()
            try store.begin(run)
            var trials: [TrialRecord] = []
            for block in 0..<12 {
                let trial = Make.trial(run, block: block)
                let samples = (0..<50).map { Make.sample(trial, "m", Double($0)) }
                try store.record(trial: trial, samples: samples)
                trials.append(trial)
                let copy = try Store.open(at: try copy(store.path, to: directory))
                #expect(try copy.trials(runID: run.id) == trials)
                #expect(try copy.samples(runID: run.id).count == trials.count * 50)
                #expect(try copy.run("latest").outcome == .running)
                try copy.close()
            }
        }
    }

    @Test("a WAL that was cut off anywhere loses whole trials at the end, never parts of one")
    func cutWAL() throws {
        try withScratchDirectory { directory in
            let store = try Store.open(at: directory + "/results.sqlite")
            let run = Make.run()
            try store.begin(run)
            let trials = (0..<8).map { Make.trial(run, block: $0) }
            for trial in trials {
                try store.record(trial: trial, samples: (0..<50).map { Make.sample(trial, "m", Double($0)) })
            }
            let wal = try Data(contentsOf: URL(fileURLWithPath: store.path + "-wal"))
            var counts: Set<Int> = []
            for step in 1...24 {
                let path = try copy(store.path, to: directory)
                let cut = wal.prefix(wal.count * step / 24 - (step % 3) * 7)
                try cut.write(to: URL(fileURLWithPath: path + "-wal"))
                let copy = try Store.open(at: path)
                // Before the first commits there may be no run in it at all, but never half of one.
                let found = try copy.trials(runID: run.id)
                #expect(found == Array(trials.prefix(found.count)))
                #expect(try copy.samples(runID: run.id).count == found.count * 50)
                counts.insert(found.count)
                try copy.close()
            }
            #expect(counts.count > 3)
        }
    }

    @Test("a store that was left without closing does not keep the next one from reading and writing")
    func abandoned() throws {
        try withScratchDirectory { directory in
            let path = directory + "/results.sqlite"
            let left = try Store.open(at: path)
            let run = Make.run()
            try left.begin(run)
            try left.record(trial: Make.trial(run))
            let next = try Store.open(at: path)
            #expect(try next.trials(runID: run.id).count == 1)
            try next.record(trial: Make.trial(run, block: 1))
            try next.finish(runID: run.id, outcome: .interrupted)
            #expect(try left.trials(runID: run.id).count == 2)
        }
    }

    @Test("several stores write into the same file at once and nothing is lost")
    func writers() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("results-\(SortableID.make())")
            .path
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let path = directory + "/results.sqlite"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    let store = try Store.open(at: path)
                    let run = Make.run(name: "writer-\(writer)")
                    try store.begin(run)
                    for block in 0..<25 {
                        let entry = try store.open(Make.ledgerEntry("n-\(block)", runID: run.id))
                        let trial = Make.trial(run, block: block)
                        try store.record(trial: trial, samples: [Make.sample(trial, "m", Double(writer))])
                        try store.close(entryID: entry)
                    }
                    try store.finish(runID: run.id, outcome: .completed)
                }
            }
            try await group.waitForAll()
        }
        let store = try Store.open(at: path, mode: .readOnly)
        for run in try store.runs() {
            #expect(run.outcome == .completed)
            #expect(
                try store.samples(runID: run.id).map { "writer-\(Int($0.value))" }
                    == Array(repeating: run.name, count: 25))
        }
        #expect(try store.runs().count == 4)
        #expect(try store.ledgerEntries().isEmpty)
        #expect(try Plain.rows("PRAGMA integrity_check", in: path) == [["ok"]])
    }
}
