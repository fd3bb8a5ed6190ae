import Foundation
import Glibc
import TestSupport
import Testing

@testable import LinuxHost

@Suite("Directories of this user's own")
struct PrivateDirectoryTests {
    private func mode(_ path: String) -> mode_t {
        var facts = stat()
        return lstat(path, &facts) == 0 ? facts.st_mode & 0o777 : 0
    }

    @Test("it is made with those above it, for this user alone, and again without a word")
    func made() throws {
        try ScratchDirectory.with { directory in
            for _ in 1...2 { try PrivateDirectory.make("\(directory)/a/b") }
            #expect(mode("\(directory)/a") == 0o700)
            #expect(mode("\(directory)/a/b") == 0o700)
        }
    }

    @Test("a link, a file, and what others may write to are refused, and nothing is made behind them")
    func refused() throws {
        try ScratchDirectory.with { directory in
            try FileManager.default.createDirectory(atPath: "\(directory)/theirs", withIntermediateDirectories: false)
            symlink("\(directory)/theirs", "\(directory)/link")
            symlink("\(directory)/nowhere", "\(directory)/dangling")
            try Data().write(to: URL(fileURLWithPath: "\(directory)/file"))
            mkdir("\(directory)/open", 0o700)
            chmod("\(directory)/open", 0o777)
            for name in ["link", "dangling", "file", "open"] {
                let error = #expect(throws: HostError.self, "\(name)") {
                    try PrivateDirectory.make("\(directory)/\(name)")
                }
                #expect(error?.object == "\(directory)/\(name)")
            }
            #expect(access("\(directory)/nowhere", F_OK) != 0)
            #expect(throws: HostError.self) { try PrivateDirectory.make("\(directory)/file/below") }
        }
    }

    @Test("a path that does not begin at the root is refused")
    func relative() {
        #expect(throws: HostError.self) { try PrivateDirectory.make("somewhere") }
    }

    @Test("the directory of a run says whose it is; one without that word, or with a pipe for it, is nobody's")
    func owner() throws {
        try ScratchDirectory.with { directory in
            try RunDirectory.make("\(directory)/run")
            #expect(RunDirectory.owner(of: "\(directory)/run") == OwnerProcess.current)
            #expect(RunDirectory.owner(of: directory) == nil)
            mkfifo("\(directory)/owner", 0o600)
            #expect(RunDirectory.owner(of: directory) == nil)
        }
    }
}
