import CLibnl
import Quantities

extension NetlinkSocket {
    /// Gives a link many addresses of its own (/32 or /128), many requests at a time, and says which were refused.
    ///
    /// The kernel compares each with all that the link has already: 10,000 take 100 times as long as 1,000, whoever
    /// asks.
    public func addAddresses(
        _ addresses: [CompactAddress], to name: String, shape: PipelineShape = PipelineShape()
    ) throws(NetlinkError) -> PipelineOutcome {
        try change(
            addresses, of: name, RTM_NEWADDR, flags: NLM_F_CREATE | NLM_F_EXCL, shape, operation: "add address",
            preposition: "to")
    }

    /// Takes many such addresses from a link, many requests at a time, and says which were refused.
    public func deleteAddresses(
        _ addresses: [CompactAddress], from name: String, shape: PipelineShape = PipelineShape()
    ) throws(NetlinkError) -> PipelineOutcome {
        try change(
            addresses, of: name, RTM_DELADDR, flags: 0, shape, operation: "delete address", preposition: "from")
    }

    private func change(
        _ addresses: [CompactAddress], of name: String, _ type: Int, flags extra: Int32, _ shape: PipelineShape,
        operation: String, preposition: String
    ) throws(NetlinkError) -> PipelineOutcome {
        try withConnection { (connection) throws(NetlinkError) in
            let index = try connection.index(of: name, for: operation)
            return try connection.pipeline(
                addresses, shape: shape,
                words: { RequestWords(operation: operation, object: "\($0) \(preposition) \(name)") },
                encode: { writer, address, flags, sequence in
                    writer.message(type: UInt16(type), flags: flags | extra, sequence: sequence) { writer in
                        Self.write(address, index: index, to: &writer)
                    }
                })
        }
    }

    /// The body of a request about one address: `struct ifaddrmsg`, then the address.
    static func write(_ address: CompactAddress, index: Int32, to writer: inout MessageWriter) {
        let isIPv4 = address.family == .ipv4
        writer.append(UInt8(isIPv4 ? AF_INET : AF_INET6))
        writer.append(UInt8(address.family.bits))
        // Duplicate address detection would leave an IPv6 address tentative, and unusable, for a second or more.
        writer.append(UInt8(isIPv4 ? 0 : IFA_F_NODAD))
        writer.append(UInt8(RT_SCOPE_UNIVERSE.rawValue))
        writer.append(UInt32(bitPattern: index))
        writer.attribute(Int(IFA_LOCAL), address, length: address.family.bits / 8)
        // The far end on a point-to-point link; on all others the same as IFA_LOCAL.
        writer.attribute(Int(IFA_ADDRESS), address, length: address.family.bits / 8)
    }
}
