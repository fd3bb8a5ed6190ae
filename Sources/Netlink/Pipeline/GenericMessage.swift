/// What every message of generic netlink begins with (`struct genlmsghdr`), whatever its family.
enum GenericMessage {
    private static let headerLength = 4

    /// Writes the header: a command of a family, in the version that all families here speak.
    static func header(_ command: Int, to writer: inout MessageWriter) {
        writer.append(UInt8(truncatingIfNeeded: command))
        writer.append(UInt8(1))
        writer.append(UInt16(0))
    }

    /// The attributes behind the header; nil where there is none.
    static func attributes(of body: UnsafeRawBufferPointer) -> AttributeReader? {
        guard body.count >= headerLength else { return nil }
        return AttributeReader(UnsafeRawBufferPointer(rebasing: body[headerLength...]))
    }
}
