import CLibnl

/// The attributes (`struct nlattr`) in a piece of a message, in order; ends at the first that does not fit.
package struct AttributeReader: Sequence, IteratorProtocol {
    /// One attribute: its type without the flags, and its payload.
    package struct Attribute {
        let type: Int
        package let payload: UnsafeRawBufferPointer
    }

    private var rest: UnsafeRawBufferPointer

    /// Reads what is in `bytes`, which have to outlive the reader.
    package init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
    }

    package mutating func next() -> Attribute? {
        guard rest.count >= 4 else { return nil }
        let length = Int(rest.loadUnaligned(as: UInt16.self))
        let type = rest.loadUnaligned(fromByteOffset: 2, as: UInt16.self) & ~0xC000
        // The upper two bits say that it is nested, or in network order (NLA_TYPE_MASK).
        guard length >= 4, length <= rest.count else { return nil }
        let payload = UnsafeRawBufferPointer(rebasing: rest[4..<length])
        // Attributes are padded to 4 bytes (NLA_ALIGN), the last one perhaps not.
        rest = UnsafeRawBufferPointer(rebasing: rest[Swift.min((length + 3) & ~3, rest.count)...])
        return Attribute(type: Int(type), payload: payload)
    }
}

extension AttributeReader.Attribute {
    /// The payload as a number in host order, or nil when it is shorter.
    package func number<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type = Number.self) -> Number? {
        guard payload.count >= MemoryLayout<Number>.size else { return nil }
        return payload.loadUnaligned(as: Number.self)
    }

    /// The payload as a text, up to its zero byte.
    package var text: String {
        String(decoding: payload.prefix { $0 != 0 }, as: UTF8.self)
    }
}
