import Foundation
import GRDB
import Glibc
import Testing

@testable import Results

@Suite("The database's file")
struct StoreFileTests {
    private func mode(_ path: String) -> mode_t {
        var facts = stat()
        return lstat(path, &facts) == 0 ? facts.st_mode & 0o777 : 0
    }

    @Test("it is made for its user to write and for others to read at most, and so are the files beside it")
    func modes() throws {
        try withScratchDirectory { directory in
            let path = directory + "/results.sqlite"
            let store = try Store.open(at: path)
            try store.begin(Make.run())
            for suffix in ["", "-wal", "-shm"] {
                #expect(mode(path + suffix) & 0o600 == 0o600, "\(suffix)")
                #expect(mode(path + suffix) & 0o133 == 0, "\(suffix)")
            }
        }
    }

    @Test("nothing is made through a link: neither where it leads to nothing nor in an empty file")
    func links() throws {
        try withScratchDirectory { directory in
            let (link, target) = (directory + "/results.sqlite", directory + "/elsewhere")
            symlink(target, link)
            #expect(storeError { _ = try Store.open(at: link) }?.code == .cannotOpen)
            #expect(access(target, F_OK) != 0)
            try Data().write(to: URL(fileURLWithPath: target))
            #expect(storeError { _ = try Store.open(at: link) }?.code == .notADatabase)
            #expect(try Data(contentsOf: URL(fileURLWithPath: target)).isEmpty)
        }
    }

    @Test("a link to a database of ours is followed, for that is where somebody keeps it")
    func linkToOurs() throws {
        try withScratchDirectory { directory in
            let run = Make.run()
            let store = try Store.open(at: directory + "/kept.sqlite")
            try store.begin(run)
            try store.close()
            symlink("kept.sqlite", directory + "/results.sqlite")
            #expect(try Store.open(at: directory + "/results.sqlite").run(run.id).id == run.id)
        }
    }

    @Test("a copy for reading has what is in the file and in its log, and leaves no files")
    func readingCopy() throws {
        try withScratchDirectory { directory in
            let path = directory + "/results.sqlite"
            let (first, second) = (Make.run(), Make.run())
            let store = try Store.open(at: path)
            try store.begin(first)
            try store.close()
            let open = try Store.open(at: path)
            try open.begin(second)
            #expect(access(path + "-wal", F_OK) == 0)
            let copy = try ReadingCopy(of: path)
            let pool = try copy.open()
            copy.remove()
            #expect(access(copy.path, F_OK) != 0)
            for _ in 1...2 {
                #expect(try pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM runs") } == 2)
            }
            try open.close()
        }
    }

    @Test("what is opened on demand is not there before something is stored")
    func onDemand() throws {
        try withScratchDirectory { directory in
            let path = directory + "/results/results.sqlite"
            let store = StoreOnDemand(path: path)
            #expect(access(directory + "/results", F_OK) != 0)
            let run = Make.run()
            try store.begin(run)
            #expect(try store.store().run(run.id).id == run.id)
            #expect(try store.store() === store.store())
        }
    }
}
