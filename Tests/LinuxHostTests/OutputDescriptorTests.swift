import Foundation
import TestSupport
import Testing

@testable import LinuxHost

@Suite("data on descriptors that others opened")
struct OutputDescriptorTests {
    /// Bytes that do not fit into a pipe.
    private static let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }

    @Test("a slow reader of a pipe that does not wait gets everything")
    func slow() async throws {
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let (reading, writing) = (ends[0], ends[1])
        _ = fcntl(writing, F_SETFL, O_NONBLOCK)
        let got = await withTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                let all = try? await PlainThread.run(failure: { $0 }) { () throws(HostError) in
                    var all: [UInt8] = []
                    var chunk = [UInt8](repeating: 0, count: 40_000)
                    while true {
                        usleep(500)
                        let count = Glibc.read(reading, &chunk, chunk.count)
                        guard count > 0 else { return all }
                        all += chunk[..<count]
                    }
                }
                return all ?? []
            }
            group.addTask {
                try? await PlainThread.run(failure: { $0 }) { () throws(HostError) in
                    try? OutputDescriptor.write(Self.bytes, to: writing, called: "the pipe")
                    close(writing)
                }
                return []
            }
            var got: [UInt8] = []
            for await part in group where !part.isEmpty { got = part }
            return got
        }
        close(reading)
        #expect(got == Self.bytes)
    }

    @Test("a full file system, a reader that is gone and a closed descriptor are errors that say what happened")
    func failures() throws {
        signal(SIGPIPE, SIG_IGN)
        let full = open("/dev/full", O_WRONLY | O_CLOEXEC)
        defer { close(full) }
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        for (descriptor, code) in [(full, ENOSPC), (ends[1], EPIPE), (Int32(9_999), EBADF)] {
            let error = #expect(throws: HostError.self) {
                try OutputDescriptor.write([1], to: descriptor, called: "standard output")
            }
            #expect(error?.errno == code)
            #expect(error?.description.hasPrefix("cannot write to standard output: ") == true)
        }
    }
}
