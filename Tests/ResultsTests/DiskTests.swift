import Foundation
import GRDB
import Glibc
import Testing

@testable import Results

@Suite("Full and read-only disks")
struct DiskTests {
    /// Records trials of 32 KiB until it fails; returns the trials that were stored, and the error.
    private func fill(_ store: Store, _ run: RunRecord) throws -> (stored: [TrialRecord], error: StoreError?) {
        var stored: [TrialRecord] = []
        for block in 0..<400 {
            let trial = Make.trial(run, block: block)
            let artifact = ArtifactRecord(
                trialID: trial.id, name: "output", mediaType: "text/plain", data: String(repeating: "x", count: 32_768)
            )
            do {
                try store.record(trial: trial, samples: [Make.sample(trial, "m", 1)], artifacts: [artifact])
                stored.append(trial)
            } catch {
                return (stored, error)
            }
        }
        return (stored, nil)
    }

    @Test(
        "a full disk is named so, and every trial stored before can be read",
        .enabled(if: TemporaryFileSystem.isAvailable, "needs root, to mount a tmpfs"))
    func fullDisk() throws {
        try withScratchDirectory { directory in
            #expect(TemporaryFileSystem.mount(on: directory, "size=2m"))
            defer { TemporaryFileSystem.unmount(directory) }
            let path = directory + "/results.sqlite"
            let run = Make.run()
            let store = try Store.open(at: path)
            try store.begin(run)
            let (stored, error) = try fill(store, run)
            #expect(error?.code == .full)
            #expect(error?.nextStep.contains("Make room") == true)
            #expect(stored.count > 5)
            #expect(try store.trials(runID: run.id) == stored)
            #expect(try Store.open(at: path, mode: .readOnly).samples(runID: run.id).count == stored.count)
        }
    }

    @Test("a database that may not grow is full, and every trial stored before can be read")
    func pageLimit() throws {
        try withStore { store in
            let run = Make.run()
            try store.begin(run)
            try store.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA max_page_count = 300") }
            let (stored, error) = try fill(store, run)
            #expect(error?.code == .full)
            #expect(stored.count > 5)
            #expect(try store.trials(runID: run.id) == stored)
            #expect(
                storeError { try store.begin(Make.run(name: String(repeating: "n", count: 99_999))) }?.code == .full)
        }
    }

    @Test(
        "there is no room for a new database on a full disk",
        .enabled(if: TemporaryFileSystem.isAvailable, "needs root, to mount a tmpfs"))
    func fullFromTheStart() throws {
        try withScratchDirectory { directory in
            #expect(TemporaryFileSystem.mount(on: directory, "size=16k"))
            defer { TemporaryFileSystem.unmount(directory) }
            #expect(FileManager.default.createFile(atPath: directory + "/ballast", contents: Data(count: 16_384)))
            #expect(storeError { _ = try Store.open(at: directory + "/results.sqlite") }?.code == .full)
        }
    }

    @Test(
        "a read-only disk is named so for writing",
        .enabled(if: TemporaryFileSystem.isAvailable, "needs root, to mount a tmpfs"))
    func readOnlyDisk() throws {
        try withScratchDirectory { directory in
            #expect(TemporaryFileSystem.mount(on: directory, "size=2m"))
            defer { TemporaryFileSystem.unmount(directory) }
            let path = directory + "/results.sqlite"
            try Store.open(at: path).close()
            #expect(TemporaryFileSystem.makeReadOnly(directory))
            #expect(storeError { _ = try Store.open(at: path) }?.code == .readOnly)
            #expect(storeError { _ = try Store.open(at: directory + "/new.sqlite") }?.code == .readOnly)
            #expect(storeError { _ = try Store.open(at: directory + "/new/new.sqlite") }?.code == .readOnly)
            let error = storeError { _ = try Store.open(at: path, mode: .readOnly) }
            #expect(error?.code == .cannotOpen)
            #expect(error?.nextStep.contains("copy it to a writable directory") == true)
        }
    }

    @Test(
        "a directory without the right to write is named so", .enabled(if: geteuid() != 0, "root may write everywhere"))
    func unwritableDirectory() throws {
        try withScratchDirectory { directory in
            chmod(directory, 0o555)
            defer { chmod(directory, 0o755) }
            #expect(storeError { _ = try Store.open(at: directory + "/results.sqlite") }?.code == .readOnly)
        }
    }
}
