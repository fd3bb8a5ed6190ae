/// Keeps the last bytes of a stream.
struct TailBuffer: Sendable {
    private let limit: Int
    private var bytes: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    mutating func append(_ new: [UInt8]) {
        bytes.append(contentsOf: new.suffix(limit))
        if bytes.count > limit {
            bytes.removeFirst(bytes.count - limit)
        }
    }

    /// The kept bytes as text without white space at the ends; bytes that are not UTF-8 become U+FFFD.
    var text: String {
        var kept = bytes[...]
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0d).contains($0) }
        while let first = kept.first, isSpace(first) { kept.removeFirst() }
        while let last = kept.last, isSpace(last) { kept.removeLast() }
        return String(decoding: kept, as: UTF8.self)
    }
}
