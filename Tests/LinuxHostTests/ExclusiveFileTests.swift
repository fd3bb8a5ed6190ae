import Foundation
import TestSupport
import Testing

@testable import LinuxHost

@Suite("files that appear whole, and through no link")
struct ExclusiveFileTests {
    /// The mode and the owner of what is at a path itself.
    private static func status(_ path: String) throws -> stat {
        var facts = stat()
        try #require(lstat(path, &facts) == 0, "\(path)")
        return facts
    }

    private static func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test("a file takes the place of a link, and what the link leads to stays as it is")
    func links() throws {
        try ScratchDirectory.with("links") { scratch in
            let (precious, place) = (scratch + "/precious", scratch + "/place")
            try "precious".write(toFile: precious, atomically: false, encoding: .utf8)
            try #require(mkdir(place, 0o755) == 0)
            try #require(symlink(precious, place + "/picture") == 0)
            try #require(link(precious, place + "/page") == 0)
            let directory = try HeldDirectory.open(place)
            try directory.write(Array("new".utf8), as: "picture")
            try directory.write(Array("new".utf8), as: "page")
            #expect(try Self.text(precious) == "precious")
            #expect(try Self.text(place + "/picture") == "new" && Self.text(place + "/page") == "new")
            #expect(try Self.status(place + "/picture").st_mode & S_IFMT == S_IFREG)
            #expect(directory.names == ["page", "picture"], "nothing unfinished is left")
        }
    }

    @Test("an older file stays whole when the new one does not fit, and nothing of the new one is left")
    func full() async throws {
        // In a process of its own, for the limit that takes the part of the full disk holds for all that it writes.
        await #expect(processExitsWith: .success) {
            try ScratchDirectory.with("full") { scratch in
                try ExclusiveFile.write(Array("old".utf8), to: scratch + "/file")
                signal(SIGXFSZ, SIG_IGN)
                var small = rlimit(rlim_cur: 4_096, rlim_max: 4_096)
                try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small) == 0)
                let error = #expect(throws: HostError.self) {
                    try ExclusiveFile.write([UInt8](repeating: 1, count: 100_000), to: scratch + "/file")
                }
                #expect(error?.errno == EFBIG)
                #expect(error?.object == scratch + "/file")
                #expect(try Self.text(scratch + "/file") == "old")
                #expect(try HeldDirectory.open(scratch).names == ["file"])
            }
        }
    }

    @Test("an empty file is made only where nothing is, and not through a link that leads nowhere")
    func creation() throws {
        try ScratchDirectory.with("creation") { scratch in
            try ExclusiveFile.create(scratch + "/new")
            #expect(try Self.status(scratch + "/new").st_size == 0)
            try #require(symlink(scratch + "/elsewhere", scratch + "/link") == 0)
            for name in ["new", "link"] {
                let error = #expect(throws: HostError.self) { try ExclusiveFile.create("\(scratch)/\(name)") }
                #expect(error?.errno == EEXIST)
            }
            #expect(access(scratch + "/elsewhere", F_OK) != 0)
        }
    }

    @Test(
        "files and directories get a mode that fits, whatever the umask",
        arguments: [(0o000, 0o644, 0o755), (0o022, 0o644, 0o755), (0o077, 0o600, 0o700), (0o777, 0o600, 0o700)]
    )
    func modes(mask: Int, file: Int, directory: Int) async throws {
        // In a process of its own: a process has one umask.
        await #expect(processExitsWith: .success) {
            [mask = mask as Int, file = file as Int, directory = directory as Int] in
            try ScratchDirectory.with("modes") { scratch in
                umask(mode_t(mask))
                let held = try HeldDirectory.make(scratch + "/a/b")
                try held.write([1], as: "file")
                try held.create("empty")
                for (path, mode) in [("", directory), ("/b", directory), ("/b/file", file), ("/b/empty", file)] {
                    #expect(try Self.status(scratch + "/a" + path).st_mode & 0o7777 == mode_t(mode), "\(path)")
                }
            }
        }
    }

    @Test("links of this user and of root are followed on the way, those of others and circles are not")
    func foreignLinks() throws {
        try ScratchDirectory.with("ways") { scratch in
            try #require(mkdir(scratch + "/real", 0o755) == 0)
            try #require(symlink("real", scratch + "/mine") == 0)
            try #require(symlink("loop", scratch + "/loop") == 0)
            try HeldDirectory.make(scratch + "/mine/deep/../deep").write([1], as: "file")
            #expect(access(scratch + "/real/deep/file", F_OK) == 0)
            #expect(throws: HostError.self) { try HeldDirectory.open(scratch + "/loop") }
            #expect(throws: HostError.self) { try HeldDirectory.open(scratch + "/real/deep/file") }
            guard geteuid() == 0 else { return }
            try #require(symlink(scratch + "/real", scratch + "/theirs") == 0)
            try #require(lchown(scratch + "/theirs", 65_534, 65_534) == 0)
            for path in ["/theirs", "/theirs/deep"] {
                let error = #expect(throws: HostError.self) { try HeldDirectory.make(scratch + path) }
                #expect(error?.errno == ELOOP && error?.description.contains("another user") == true)
            }
        }
    }

    @Test("names that are none are refused", arguments: ["", ".", "..", "a/b", "a\0b"])
    func names(name: String) throws {
        try ScratchDirectory.with("names") { scratch in
            let directory = try HeldDirectory.open(scratch)
            #expect(throws: HostError.self) { try directory.write([1], as: name) }
            #expect(throws: HostError.self) { try directory.remove(name) }
            #expect(directory.read(name, first: 1) == nil)
        }
    }

    @Test("only regular files are read, and a FIFO makes nobody wait")
    func reading() throws {
        try ScratchDirectory.with("reading") { scratch in
            let directory = try HeldDirectory.open(scratch)
            try directory.write(Array("0123456789".utf8), as: "file")
            try #require(symlink("file", scratch + "/link") == 0)
            try #require(mkfifo(scratch + "/fifo", 0o600) == 0)
            #expect(directory.read("file", first: 4) == Array("0123".utf8))
            #expect(directory.read("file", first: 400)?.count == 10)
            #expect(directory.read("link", first: 4) == nil)
            #expect(directory.read("fifo", first: 4) == nil)
            try directory.remove("link")
            #expect(directory.names == ["fifo", "file"])
        }
    }

    @Test("a path is cut at its last slash", arguments: [("a", ".", "a"), ("/a", "/", "a"), ("a/b/c", "a/b", "c")])
    func parts(path: String, directory: String, name: String) {
        #expect(ExclusiveFile.parts(of: path) == (directory, name))
    }
}
