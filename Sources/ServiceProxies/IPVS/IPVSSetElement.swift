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

    /// The element as `ipset save` prints it: a range of one address has no prefix length.
    ///
    /// With `isShort` TCP is not said, which ipset then assumes: for a name it reads `/etc/protocols`, once for each
    /// element, and that is most of its time.
    func text(isShort: Bool = false) -> RuleText {
        switch value {
        case .address(let address): return "\(address)"
        case .port(let port): return "\(port)"
        case .frontend(let address, let transport, let port): return Self.frontend(address, transport, port, isShort)
        case .frontendAndSource(let address, let transport, let port, let range):
            let frontend = Self.frontend(address, transport, port, isShort)
            return range.prefixLength < 32 ? "\(frontend),\(range)" : "\(frontend),\(range.base)"
        }
    }

    private static func frontend(
        _ address: IPv4Address, _ transport: ServiceProtocol, _ port: UInt16, _ isShort: Bool
    ) -> RuleText {
        isShort && transport == .tcp ? "\(address),\(port)" : "\(address),\(transport):\(port)"
    }
}
