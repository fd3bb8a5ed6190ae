/// One element of one ipset.
package struct IPVSSetElement: Sendable, Hashable {
    /// What it consists of.
    package enum Value: Sendable, Hashable {
        case address(IPv4Address)
        case port(UInt16)
        case frontend(IPv4Address, ServiceProtocol, UInt16)
        case frontendAndSource(IPv4Address, ServiceProtocol, UInt16, IPv4Range)
    }

    package let set: IPVSSet
    let value: Value

    /// Writes the element as `ipset save` prints it: a range of one address has no prefix length.
    ///
    /// With `isShort` TCP is not said, which ipset then assumes: for a name it reads `/etc/protocols`, once for each element,
    /// and that is most of its time.
    func write(to buffer: inout TextBuffer, isShort: Bool = false) {
        switch value {
        case .address(let address): buffer.append(address)
        case .port(let port): buffer.append(number: Int(port))
        case .frontend(let address, let transport, let port): Self.write(address, transport, port, isShort, to: &buffer)
        case .frontendAndSource(let address, let transport, let port, let range):
            Self.write(address, transport, port, isShort, to: &buffer)
            buffer.append(",")
            buffer.append(range.base)
            guard range.prefixLength < 32 else { return }
            buffer.append("/")
            buffer.append(number: range.prefixLength)
        }
    }

    private static func write(
        _ address: IPv4Address, _ transport: ServiceProtocol, _ port: UInt16, _ isShort: Bool,
        to buffer: inout TextBuffer
    ) {
        buffer.append(address)
        switch transport {
        case .tcp where isShort: buffer.append(",")
        case .tcp: buffer.append(",tcp:")
        case .udp: buffer.append(",udp:")
        }
        buffer.append(number: Int(port))
    }
}
