/// Cuts a stream of bytes into lines as they arrive.
///
/// A line ends with a line feed, which is not part of it. Bytes are looked at once, so a line of many megabytes that
/// arrives in small pieces costs linear time.
struct LineBuffer: Sendable {
    private var bytes: [UInt8] = []
    private var start = 0
    private var scanned = 0

    /// The number of bytes that wait for their line feed or for being taken.
    var count: Int { bytes.count - start }

    mutating func append(_ new: [UInt8]) {
        // Only when half of the buffer was taken: so each byte is moved about once, however small the pieces are.
        if start > 0, start >= bytes.count / 2 {
            bytes.removeSubrange(0..<start)
            scanned -= start
            start = 0
        }
        bytes.append(contentsOf: new)
    }

    /// Takes the next complete line, or returns nil when its line feed has not arrived.
    mutating func next() -> String? {
        guard let end = bytes[scanned...].firstIndex(of: UInt8(ascii: "\n")) else {
            scanned = bytes.count
            return nil
        }
        defer {
            start = end + 1
            scanned = start
        }
        return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// Takes what is left after the last line feed, or returns nil when nothing is.
    mutating func rest() -> String? {
        guard count > 0 else { return nil }
        defer {
            bytes = []
            start = 0
            scanned = 0
        }
        return String(decoding: bytes[start...], as: UTF8.self)
    }
}
