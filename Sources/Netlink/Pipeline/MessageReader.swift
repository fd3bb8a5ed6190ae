import CLibnl

/// The messages in what one receive returned, in order; ends at the first that does not fit.
package struct MessageReader: Sequence, IteratorProtocol {
    /// One message: header and what follows it.
    package struct Message {
        let type: Int32
        let flags: Int32
        let sequence: UInt32
        package let body: UnsafeRawBufferPointer
    }

    private var rest: UnsafeRawBufferPointer

    /// Reads what is in `bytes`, which have to outlive the reader.
    package init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
    }

    package mutating func next() -> Message? {
        guard rest.count >= 16 else { return nil }
        let length = Int(rest.loadUnaligned(as: UInt32.self))
        guard length >= 16, length <= rest.count else { return nil }
        let message = Message(
            type: Int32(rest.loadUnaligned(fromByteOffset: 4, as: UInt16.self)),
            flags: Int32(rest.loadUnaligned(fromByteOffset: 6, as: UInt16.self)),
            sequence: rest.loadUnaligned(fromByteOffset: 8, as: UInt32.self),
            body: UnsafeRawBufferPointer(rebasing: rest[16..<length])
        )
        rest = UnsafeRawBufferPointer(rebasing: rest[Swift.min((length + 3) & ~3, rest.count)...])
        return message
    }
}

extension MessageReader.Message {
    /// What the kernel answered: 0 or an `errno` value, and its sentence (extended ack) if there is one.
    ///
    /// `struct nlmsgerr`: the negative number, the header of the request, its payload unless it was cut (NLM_F_CAPPED),
    /// then attributes (NLM_F_ACK_TLVS).
    package var answer: (errno: Int32, sentence: String) {
        guard body.count >= 20 else { return (EBADMSG, "") }
        let number = body.loadUnaligned(as: Int32.self)
        // The kernel writes 0 or a negative errno value; anything else is not its answer.
        guard number <= 0, number > .min else { return (EBADMSG, "") }
        let code = -number
        guard code != 0, flags & NLM_F_ACK_TLVS != 0 else { return (code, "") }
        var skip = 20
        if flags & NLM_F_CAPPED == 0 { skip += Int(body.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) - 16 }
        skip = (skip + 3) & ~3
        guard skip >= 20, skip < body.count else { return (code, "") }
        let words = AttributeReader(UnsafeRawBufferPointer(rebasing: body[skip...]))
            .first { $0.type == Int(NLMSGERR_ATTR_MSG.rawValue) }
        return (code, words?.text ?? "")
    }
}
