import Foundation
import Glibc
import LinuxHost
import TestSupport
import Testing

@testable import Coordinator

@Suite("The file of the lock")
struct LockFileTests {
    @Test("it is taken once, its holder is named, and it is free when the holder lets go")
    func once() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/lock"
            do {
                let lock = try MeasurementLock(path: path, run: "R1")
                #expect(throws: MeasurementLock.Refusal.held(by: "run R1, process \(getpid())")) {
                    _ = try MeasurementLock(path: path, run: "R2")
                }
                #expect(MeasurementLock.lastHolder(path: path) == LockHolder(run: "R1"))
                withExtendedLifetime(lock) {}
            }
            _ = try MeasurementLock(path: path, run: "R2")
            #expect(MeasurementLock.lastHolder(path: path)?.run == "R2")
        }
    }

    @Test("nothing of a holder with more words is left behind those of the next one")
    func shorter() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/lock"
            _ = try MeasurementLock(path: path, run: String(repeating: "R", count: 200))
            _ = try MeasurementLock(path: path, run: "R2")
            #expect(try String(contentsOfFile: path, encoding: .utf8) == LockHolder(run: "R2").text)
        }
    }

    @Test("through a link, or in place of a pipe, a directory or somebody's other name for a file, it is refused")
    func refused() throws {
        try ScratchDirectory.with { directory in
            try Data("theirs".utf8).write(to: URL(fileURLWithPath: "\(directory)/file"))
            symlink("\(directory)/file", "\(directory)/link")
            symlink("\(directory)/nowhere", "\(directory)/dangling")
            link("\(directory)/file", "\(directory)/second")
            mkfifo("\(directory)/pipe", 0o600)
            for path in ["link", "dangling", "second", "pipe", "", "absent/lock"].map({ "\(directory)/\($0)" }) {
                let error = #expect(throws: MeasurementLock.Refusal.self, "\(path)") {
                    _ = try MeasurementLock(path: path, run: "R")
                }
                #expect(error?.description.hasPrefix("cannot lock \(path): ") == true)
            }
            #expect(FileManager.default.contents(atPath: "\(directory)/file") == Data("theirs".utf8))
            #expect(access("\(directory)/nowhere", F_OK) != 0)
        }
    }

    @Test("words of older versions and of others name no process")
    func words() {
        let holder = LockHolder(text: "run R1, process 4711")
        #expect(holder.run == "R1" && holder.owner == nil)
        #expect(LockHolder(text: "").run == nil)
        #expect(LockHolder(text: "clean-up\n").run == nil)
        let owner = OwnerProcess(bootID: "b", pid: 4711, start: 9)
        #expect(LockHolder(text: "run R1, process 4711\n4711 9 b\n").owner == owner)
    }
}
