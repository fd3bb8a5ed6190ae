import Glibc
import Synchronization

/// Both ends of a pipe; the writing end is closed at the end unless it was by hand.
///
/// The reading end stays open: a thread of an agent may be about to read it, and would read what is opened next under
/// its number.
final class Pipe: Sendable {
    let reader: Int32
    private let writing: Mutex<Int32?>

    init() throws {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw PipeError(code: errno) }
        reader = ends[0]
        writing = Mutex(ends[1])
    }

    deinit { closeWriter() }

    var writer: Int32 { writing.withLock { $0 ?? -1 } }

    func closeWriter() {
        writing.withLock { descriptor in
            if let open = descriptor { close(open) }
            descriptor = nil
        }
    }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(writer, bytes, bytes.count)
    }

    /// Everything until the end of the stream.
    func readAll() -> String {
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = read(reader, &piece, piece.count)
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += piece[..<count]
        }
    }

    /// One line, waiting at most five seconds for its beginning.
    ///
    /// It does not block its thread: the agent under test needs one of the pool, too.
    func readLine() async -> String {
        var entry = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        for _ in 0..<2_500 where poll(&entry, 1, 0) == 0 {
            try? await Task.sleep(for: .milliseconds(2))
        }
        guard poll(&entry, 1, 0) == 1 else { return "" }
        var text: [UInt8] = []
        var byte: UInt8 = 0
        while read(reader, &byte, 1) == 1, byte != UInt8(ascii: "\n") { text.append(byte) }
        return String(decoding: text, as: UTF8.self)
    }
}

struct PipeError: Error {
    let code: Int32
}
