import CLibnl

/// Netlink messages one behind the other in one buffer, laid out as the kernel reads them.
///
/// Each is a `struct nlmsghdr`, then attributes of `struct nlattr`. Everything stands on 4-byte boundaries, and in host
/// order unless said otherwise.
package struct MessageWriter {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []
    private var lastMessage = 0

    /// Room for so many bytes before the buffer grows.
    package init(capacity: Int = 256) {
        bytes.reserveCapacity(capacity)
    }

    /// Forgets the messages and keeps the room.
    mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    /// One message; its length is known, and written, when the body has ended.
    mutating func message(
        type: UInt16, flags: Int32, sequence: UInt32, _ body: (inout MessageWriter) -> Void
    ) {
        let start = bytes.count
        lastMessage = start
        append(UInt32(0))
        append(type)
        append(UInt16(truncatingIfNeeded: flags))
        append(sequence)
        append(UInt32(0))  // The kernel knows from whom it comes.
        body(&self)
        overwrite(UInt32(bytes.count - start), at: start)
    }

    /// Lets the last message ask for an answer (NLM_F_ACK).
    mutating func askForAnswer() {
        // `nlmsg_flags` is at offset 6, with its low byte first on little-endian machines.
        bytes[lastMessage + 6] |= UInt8(NLM_F_ACK)
    }

    /// An attribute with attributes inside.
    mutating func nested(_ type: Int, _ body: (inout MessageWriter) -> Void) {
        let start = bytes.count
        append(UInt16(0))
        // Strict parsers refuse a nest without the flag (Linux 5.2 and later).
        append(UInt16(truncatingIfNeeded: type) | UInt16(NLA_F_NESTED))
        body(&self)
        overwrite(UInt16(bytes.count - start), at: start)
    }

    /// An attribute with one number.
    mutating func attribute(_ type: Int, _ value: some FixedWidthInteger) {
        header(type, length: value.bitWidth / 8)
        append(value)
        pad()
    }

    /// An attribute with two numbers of 32 bits, a structure such as `struct ip_vs_flags`.
    mutating func attribute(_ type: Int, _ first: UInt32, _ second: UInt32) {
        header(type, length: 8)
        append(first)
        append(second)
    }

    /// An attribute with a text that ends in a zero byte.
    mutating func attribute(_ type: Int, text: String) {
        header(type, length: text.utf8.count + 1)
        bytes.append(contentsOf: text.utf8)
        bytes.append(0)
        pad()
    }

    /// An attribute with these bytes.
    mutating func attribute(_ type: Int, bytes content: [UInt8]) {
        header(type, length: content.count)
        bytes.append(contentsOf: content)
        pad()
    }

    /// An attribute with an address; `length` is 16 where the kernel takes a union of both families, with zeros behind
    /// IPv4.
    mutating func attribute(_ type: Int, _ address: CompactAddress, length: Int) {
        header(type, length: length)
        let start = bytes.count
        address.appendBytes(to: &bytes)
        while bytes.count < start + length { bytes.append(0) }
    }

    /// Bytes of a fixed header.
    mutating func append(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
    }

    private mutating func header(_ type: Int, length: Int) {
        append(UInt16(4 + length))
        append(UInt16(truncatingIfNeeded: type))
    }

    private mutating func pad() {
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    private mutating func overwrite(_ value: some FixedWidthInteger, at offset: Int) {
        withUnsafeBytes(of: value) { source in
            for (index, byte) in source.enumerated() { bytes[offset + index] = byte }
        }
    }
}
