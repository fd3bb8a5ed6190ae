import Foundation
import TestSupport
import Testing

@testable import LinuxHost

/// Reading, writing and waiting, while signals interrupt every system call.
@Suite("What signals interrupt")
struct InterruptedCallTests {
    /// Lets a thread that reads or writes wait for a while, and not for ever.
    private static func later(_ body: @escaping @Sendable () -> Void) {
        #expect(throws: Never.self) {
            try PlainThread.start {
                usleep(20_000)
                body()
            }
        }
    }

    @Test("a text of a pipe is read to its end")
    func inputText() async throws {
        let text = try await Self.throughPipe { try InputText.read($0, atMost: 100) }
        #expect(text == "late")
    }

    @Test("a file of the system that is slow is read to its end")
    func hostFile() async throws {
        let text = try await Self.throughPipe { try HostFile.read($0) }
        #expect(text == "late")
    }

    /// What is read of a FIFO whose text comes late.
    private static func throughPipe(_ read: @escaping @Sendable (String) throws -> String) async throws -> String {
        try await ScratchDirectory.with("pipe") { directory in
            let path = "\(directory)/pipe"
            try #require(mkfifo(path, 0o600) == 0)
            // Open for both, so that the reader's open(2) need not wait.
            let writing = open(path, O_RDWR | O_CLOEXEC)
            try #require(writing >= 0)
            later {
                _ = write(writing, "late", 4)
                close(writing)
            }
            return try await SignalStorm.during { try read(path) }
        }
    }

    @Test("what has no room in a pipe is written when there is some")
    func output() async throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        defer {
            close(reading)
            close(writing)
        }
        let bytes = [UInt8](repeating: 7, count: 100_000)
        Self.later {
            var chunk = [UInt8](repeating: 0, count: 50_000)
            var left = bytes.count
            while left > 0 { left -= max(0, read(reading, &chunk, chunk.count)) }
        }
        try await SignalStorm.during { try OutputDescriptor.write(bytes, to: writing, called: "the pipe") }
    }

    @Test("a value is written when its file takes it")
    func setting() async throws {
        try await ScratchDirectory.with("full") { directory in
            let path = "\(directory)/pipe"
            try #require(mkfifo(path, 0o600) == 0)
            let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
            try #require(descriptor >= 0)
            defer { close(descriptor) }
            let filling = [UInt8](repeating: 0, count: 1 << 20)
            // A write may end before the pipe is full, too.
            var written = 0
            while true {
                let count = write(descriptor, filling, filling.count)
                if count < 0, errno == EAGAIN { break }
                try #require(count > 0 || errno == EINTR)
                written += max(0, count)
            }
            let room = written
            try #require(room > 0)
            Self.later {
                var chunk = [UInt8](repeating: 0, count: room)
                var left = room
                while left > 0 { left -= max(0, read(descriptor, &chunk, left)) }
            }
            try await SignalStorm.during { try HostFile.write("1", to: path) }
            var byte: UInt8 = 0
            #expect(read(descriptor, &byte, 1) == 1 && byte == UInt8(ascii: "1"))
        }
    }

    @Test("a process is waited for until it has ended")
    func ending() async throws {
        // It listens to SIGTERM after a while only.
        let process = try TestProcess.start("sh", "-c", "trap 'sleep 0.1; exit 3' TERM; while :; do sleep 0.01; done")
        usleep(100_000)
        let survivors = try await SignalStorm.during { ProcessEnd.end([process], deadline: .seconds(10)) }
        #expect(survivors.isEmpty)
        #expect(TestProcess.endingSignal(of: process) == 0, "it was asked, and not killed")
    }
}
