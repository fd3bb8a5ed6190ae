import Foundation
import Glibc
import TestSupport
import Testing

@testable import LinuxHost

@Suite("Trees in which others write")
struct FileTreeTests {
    /// A root with something to remove in it, and beside both what must not be touched.
    private func withTree(_ body: (_ root: String, _ outside: String) throws -> Void) throws {
        try ScratchDirectory.with("tree") { directory in
            let (root, outside) = ("\(directory)/root", "\(directory)/outside")
            for path in ["\(root)/run1/deep/er", "\(root)/other", "\(outside)/kept"] {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            }
            try Data("kept".utf8).write(to: URL(fileURLWithPath: "\(outside)/kept/file"))
            try Data("lease".utf8).write(to: URL(fileURLWithPath: "\(root)/run1/deep/er/file"))
            try body(root, outside)
            #expect(FileManager.default.contents(atPath: "\(outside)/kept/file") == Data("kept".utf8))
            #expect(access("\(root)/other", F_OK) == 0)
        }
    }

    @Test("a directory goes with everything in it; what is not there is no error")
    func removes() throws {
        try withTree { root, _ in
            try FileTree.remove("run1", in: root)
            try FileTree.remove("run1", in: root)
            try FileTree.remove("run1", in: "\(root)/never-was")
            #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["other"])
        }
    }

    @Test(
        "only a name in the directory itself is taken",
        arguments: ["", ".", "..", "../outside", "run1/../../outside", "/", "run1/deep", "a\0b", "run1/"]
    )
    func refuses(_ name: String) throws {
        try withTree { root, _ in
            let error = #expect(throws: HostError.self) { try FileTree.remove(name, in: root) }
            #expect(error?.hint == "Only an entry of \(root) itself can be removed")
            #expect(access("\(root)/run1/deep/er/file", F_OK) == 0)
        }
    }

    @Test("a link goes, wherever it is, and what it points to stays")
    func links() throws {
        try withTree { root, outside in
            for link in ["link", "run1/link", "run1/deep/link"] { symlink("\(outside)/kept", "\(root)/\(link)") }
            symlink("../../outside", "\(root)/run1/up")
            try FileTree.remove("link", in: root)
            try FileTree.remove("run1", in: root)
            #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["other"])
        }
    }

    @Test("nothing is removed from a directory that was exchanged for a link")
    func linkedRoot() throws {
        try withTree { root, outside in
            symlink(outside, "\(root)/other/way")
            let error = #expect(throws: HostError.self) { try FileTree.remove("kept", in: "\(root)/other/way") }
            #expect(error?.errno == ENOTDIR || error?.errno == ELOOP)
        }
    }

    @Test("pipes, names that are no text, directories nobody may enter, and a depth beyond every path go, too")
    func oddities() throws {
        try withTree { root, _ in
            #expect(mkfifo("\(root)/run1/pipe", 0o600) == 0)
            let name: [UInt8] = Array("\(root)/run1/".utf8) + [0xFF, 0xFE, 0]
            let file = open(name.map(CChar.init(bitPattern:)), O_CREAT, 0o600)
            #expect(file >= 0)
            close(file)
            mkdir("\(root)/run1/closed", 0)
            // Longer than PATH_MAX: only descriptors lead to its end.
            var directory = open("\(root)/run1", O_RDONLY | O_DIRECTORY)
            for _ in 0..<600 {
                try #require(mkdirat(directory, "a-name-of-ten", 0o700) == 0)
                let next = openat(directory, "a-name-of-ten", O_RDONLY | O_DIRECTORY)
                close(directory)
                directory = next
            }
            close(directory)
            try FileTree.remove("run1", in: root)
            #expect(access("\(root)/run1", F_OK) != 0)
        }
    }

    @Test("entries are found with their first bytes, and nothing is waited for or followed")
    func entries() throws {
        try withTree { root, outside in
            #expect(mkfifo("\(root)/run1/pipe", 0o600) == 0)
            symlink("\(outside)/kept", "\(root)/run1/link")
            symlink("/dev/zero", "\(root)/run1/zero")
            let found = FileTree.entries(below: "\(root)/run1", headBytes: 3)
            #expect(
                found.map { $0.path.dropFirst(root.count) } == [
                    "/run1/deep", "/run1/deep/er", "/run1/deep/er/file", "/run1/link", "/run1/pipe", "/run1/zero",
                ])
            #expect(found.map { String(decoding: $0.head, as: UTF8.self) } == ["", "", "lea", "", "", ""])
            #expect(FileTree.entries(below: "\(root)/never-was", headBytes: 3).isEmpty)
        }
    }

    @Test("of what is no regular file nothing is read, and of a large one no more than asked for")
    func regularFiles() throws {
        try withTree { root, outside in
            #expect(mkfifo("\(root)/pipe", 0o600) == 0)
            symlink("\(outside)/kept/file", "\(root)/link")
            for name in ["pipe", "link", "other", "absent"] {
                #expect(RegularFile.read("\(root)/\(name)", limit: 10) == nil, "\(name)")
            }
            #expect(RegularFile.read("/dev/zero", limit: 10) == nil)
            #expect(RegularFile.read("\(outside)/kept/file", limit: 2) == Array("ke".utf8))
        }
    }
}
