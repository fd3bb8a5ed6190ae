/// Text for a program, made byte by byte: tables of a million lines are written without a single `String`.
struct TextBuffer: Sendable {
    /// What was written, and behind it room that is 0: only so can text be put there without looking at each byte's
    /// place.
    private var storage: [UInt8] = []
    /// How many bytes were written.
    private(set) var count = 0

    /// Room is made so by and by: what is reserved and never touched costs nothing.
    private static let step = 4_096

    /// An empty buffer that takes so many bytes without being moved.
    init(capacity: Int = 0) {
        storage.reserveCapacity(capacity)
    }

    /// A copy of what was written.
    var bytes: [UInt8] { Array(storage[..<count]) }

    /// Hands out what was written and is empty afterwards.
    mutating func takeBytes() -> [UInt8] {
        defer { self = TextBuffer() }
        storage.removeLast(storage.count - count)
        return storage
    }

    /// Writes a text; `words` is where its words were put aside.
    mutating func append(_ text: RuleText, _ words: Words = Words()) {
        write(atMost: text.longest) { cursor, _ in
            words.withBytes { cursor.write(text, $0) }
        }
    }

    /// Writes a line, or several but for the end of the last.
    mutating func appendLine(_ text: RuleText, _ words: Words = Words()) {
        write(atMost: text.longest + 1) { cursor, _ in
            words.withBytes { cursor.write(text, $0) }
            cursor.write(UInt8(ascii: "\n"))
        }
    }

    /// Writes a text whose words are in this buffer.
    mutating func append(ownWords text: RuleText) {
        write(atMost: text.longest) { cursor, written in cursor.write(text, written) }
    }

    /// Writes bytes that were made elsewhere.
    mutating func append(_ other: [UInt8]) {
        other.withUnsafeBufferPointer { append($0) }
    }

    /// Writes bytes that lie elsewhere.
    mutating func append(_ other: UnsafeBufferPointer<UInt8>) {
        guard storage.count - count < other.count else {
            return write(atMost: other.count) { cursor, _ in cursor.write(other) }
        }
        storage.removeLast(storage.count - count)
        storage.append(contentsOf: other)
        count = storage.count
    }

    /// Writes what another buffer has.
    mutating func append(_ other: TextBuffer) {
        other.withBytes { append($0) }
    }

    /// Writes a text that is known at run time only.
    mutating func append(text: some StringProtocol) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { append($0) }
        if isDone == nil { append(Array(text.utf8)) }
    }

    /// Lends what was written.
    @inline(__always)
    func withBytes<Value>(_ body: (UnsafeBufferPointer<UInt8>) -> Value) -> Value {
        storage.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
    }

    /// Takes back what was written behind the first `count` bytes, and keeps the room.
    mutating func removeAll(behind count: Int = 0) {
        self.count = min(count, self.count)
    }

    /// Hands out a place with room for so many bytes, and what was written before it.
    @inline(__always)
    private mutating func write(atMost longest: Int, _ body: (inout TextCursor, UnsafeBufferPointer<UInt8>) -> Void) {
        if storage.count - count < longest { makeRoom(for: longest) }
        let count = count
        self.count = storage.withUnsafeMutableBufferPointer { bytes in
            guard let start = bytes.baseAddress else { return count }
            var cursor = TextCursor(at: start + count)
            body(&cursor, UnsafeBufferPointer(start: start, count: count))
            return cursor.position - start
        }
    }

    @inline(never)
    private mutating func makeRoom(for longest: Int) {
        let reserved = min(Self.step, storage.capacity - storage.count)
        storage.append(contentsOf: repeatElement(0, count: max(longest, reserved)))
    }
}
