import Foundation
import Processes
import Statistics
import TestSupport
import Testing

@testable import KernelGuest

@Suite("the first root as a cpio archive")
struct CpioArchiveTests {
    @Test("an entry is a header of 110 characters, the name with a zero, and the data, padded to four bytes")
    func layout() {
        var archive = CpioArchive()
        archive.addFile("a", Data("xyz".utf8))
        let text = String(decoding: archive.finished(), as: UTF8.self)
        let file = "070701" + "00000001" + "000081A4" + "00000000" + "00000000" + "00000001" + "00000000"
        let rest = "00000003" + "00000000" + "00000000" + "00000000" + "00000000" + "00000002" + "00000000"
        #expect(text.hasPrefix(file + rest + "a\0" + "xyz\0" + "070701"))
        #expect(text.hasSuffix("TRAILER!!!\0" + "\0\0\0"))
        #expect(text.utf8.count.isMultiple(of: 4))
    }

    @Test("directories come before what is in them, and once")
    func directories() {
        var archive = CpioArchive()
        archive.addFile("/a/b/one", Data())
        archive.addFile("a/b/two", Data())
        archive.addDirectory("a")
        let names = Self.names(archive.finished())
        #expect(names == ["a", "a/b", "a/b/one", "a/b/two", "TRAILER!!!"])
    }

    @Test("files of any content come out of busybox's cpio as they went in", arguments: 1...20)
    func roundTrip(seed: UInt64) async throws {
        guard let busybox = Programs.find("busybox") else { return }
        try await ScratchDirectory.with("cpio") { directory in
            var random = SeededGenerator(seed: seed)
            var archive = CpioArchive()
            var files: [String: Data] = [:]
            for index in 0..<Int.random(in: 1...6, using: &random) {
                let name = String(repeating: "d/", count: Int.random(in: 0...2, using: &random)) + "f\(index)"
                let count = Int.random(in: 0...300, using: &random)
                files[name] = Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &random) })
            }
            for (name, data) in files { archive.addFile(name, data, executable: Bool.random(using: &random)) }
            try archive.finished().write(to: URL(fileURLWithPath: "\(directory)/archive"))
            let command = Command(
                executable: busybox, arguments: ["cpio", "-i", "-d", "-F", "archive"], workingDirectory: directory)
            try await ProcessRunner.run(command, deadline: .seconds(10)).requireSuccess()
            for (name, data) in files {
                #expect(FileManager.default.contents(atPath: "\(directory)/\(name)") == data, "\(name)")
            }
        }
    }

    private static func names(_ archive: Data) -> [String] {
        var names: [String] = []
        var offset = 0
        let bytes = [UInt8](archive)
        let field = { (start: Int) in
            Int(String(decoding: bytes[start..<start + 8], as: UTF8.self), radix: 16) ?? 0
        }
        while offset + 110 <= bytes.count {
            let (size, length) = (field(offset + 54), field(offset + 94))
            names.append(String(decoding: bytes[offset + 110..<offset + 109 + length], as: UTF8.self))
            offset = (offset + 110 + length + 3) / 4 * 4
            offset = (offset + size + 3) / 4 * 4
        }
        return names
    }
}
