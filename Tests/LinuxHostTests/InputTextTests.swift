import Foundation
import LinuxHost
import TestSupport
import Testing

@Suite("Texts that people name")
struct InputTextTests {
    @Test("a file is read to its end, and no more than was asked for")
    func readsFiles() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/a.txt"
            let text = String(repeating: "\u{E9}\n", count: 100_000)
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try InputText.read(path, atMost: 300_000) == text)
            #expect(InputText.isFile(path))
            let error = #expect(throws: InputText.Failure.self) { try InputText.read(path, atMost: 299_999) }
            #expect(error?.description == "\(path): cannot be read: it has more than 299999 bytes")
        }
    }

    @Test("a pipe is read to its end, and is no file")
    func readsPipes() throws {
        try ScratchDirectory.with { directory in
            let path = "\(directory)/pipe"
            #expect(mkfifo(path, 0o600) == 0)
            #expect(!InputText.isFile(path))
            let text = String(repeating: "x", count: 200_000)
            let writer = Thread { try? Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
            writer.start()
            let read = try InputText.read(path, atMost: 200_000)
            #expect(read == text)
        }
    }

    @Test("an endless input ends at the limit")
    func endsAtTheLimit() {
        let error = #expect(throws: InputText.Failure.self) { try InputText.read("/dev/zero", atMost: 1 << 20) }
        #expect(error?.reason == "it has more than 1048576 bytes")
    }

    @Test("what cannot be read is said in words")
    func tellsWhy() throws {
        try ScratchDirectory.with { directory in
            let file = "\(directory)/bytes"
            try Data([0x61, 0x0A, 0xC3, 0xA9, 0xFF, 0x62]).write(to: URL(fileURLWithPath: file))
            let expected = [
                (directory, "it is a directory; name the files in it"), ("\(directory)/none", "there is no such file"),
                ("\(file)/x", "a part of the path is a file, and no directory"), ("", "there is no such file"),
                (file, "it is not text in UTF-8 (line 2, byte 5 of the file)"),
            ]
            for (path, reason) in expected {
                let error = #expect(throws: InputText.Failure.self) { try InputText.read(path, atMost: 100) }
                #expect(error?.reason == reason)
                #expect(error?.path == path)
            }
        }
    }
}
