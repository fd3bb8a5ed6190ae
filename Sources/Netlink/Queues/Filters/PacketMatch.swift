import CLibnl
public import Quantities

/// What has to be true of a packet, in the words of the kernel's classifier `flower`; what is nil does not matter.
public struct PacketMatch: Sendable, Hashable {
    /// Whether packets are IPv4 or IPv6; nil for all packets, ARP among them, and then nothing else can be asked.
    public var family: IPAddress.Family?
    /// The network that they come from, of the same family.
    public var source: CIDR?
    /// The network that they go to, of the same family.
    public var destination: CIDR?
    /// The number of the protocol within IP.
    public var protocolNumber: UInt8?
    /// The port that they come from; the protocol is TCP, UDP or SCTP.
    public var sourcePort: UInt16?
    /// The port that they go to; the protocol is TCP, UDP or SCTP.
    public var destinationPort: UInt16?

    /// Every packet, or what is said.
    public init(
        family: IPAddress.Family? = nil, source: CIDR? = nil, destination: CIDR? = nil, protocolNumber: UInt8? = nil,
        sourcePort: UInt16? = nil, destinationPort: UInt16? = nil
    ) {
        self.family = family
        self.source = source
        self.destination = destination
        self.protocolNumber = protocolNumber
        self.sourcePort = sourcePort
        self.destinationPort = destinationPort
    }

    /// The EtherType of such packets.
    var etherType: UInt16 {
        switch family {
        case .ipv4: 0x0800
        case .ipv6: 0x86DD
        case nil: 0x0003
        }
    }

    func write(to writer: inout MessageWriter) {
        if let source {
            Self.write(
                source, to: &writer,
                source.address.family == .ipv4
                    ? (TCA_FLOWER_KEY_IPV4_SRC, TCA_FLOWER_KEY_IPV4_SRC_MASK)
                    : (TCA_FLOWER_KEY_IPV6_SRC, TCA_FLOWER_KEY_IPV6_SRC_MASK))
        }
        if let destination {
            Self.write(
                destination, to: &writer,
                destination.address.family == .ipv4
                    ? (TCA_FLOWER_KEY_IPV4_DST, TCA_FLOWER_KEY_IPV4_DST_MASK)
                    : (TCA_FLOWER_KEY_IPV6_DST, TCA_FLOWER_KEY_IPV6_DST_MASK))
        }
        if let protocolNumber { writer.attribute(Int(TCA_FLOWER_KEY_IP_PROTO), protocolNumber) }
        let keys = Self.portKeys(protocolNumber)
        if let sourcePort, let keys { writer.attribute(keys.source, sourcePort.bigEndian) }
        if let destinationPort, let keys { writer.attribute(keys.destination, destinationPort.bigEndian) }
        // Without it the keys are not looked at.
        if family != nil { writer.attribute(Int(TCA_FLOWER_KEY_ETH_TYPE), etherType.bigEndian) }
    }

    private static func write<Key: BinaryInteger>(
        _ network: CIDR, to writer: inout MessageWriter, _ keys: (address: Key, mask: Key)
    ) {
        writer.attribute(Int(keys.address), bytes: network.network.bytes)
        let bits = network.address.family.bits
        let mask = (0..<bits / 8).map { byte -> UInt8 in
            let set = min(max(network.prefixLength - byte * 8, 0), 8)
            return set == 0 ? 0 : 0xFF << UInt8(8 - set)
        }
        writer.attribute(Int(keys.mask), bytes: mask)
    }

    private static func portKeys(_ protocolNumber: UInt8?) -> (source: Int, destination: Int)? {
        switch protocolNumber {
        case 6: (Int(TCA_FLOWER_KEY_TCP_SRC), Int(TCA_FLOWER_KEY_TCP_DST))
        case 17: (Int(TCA_FLOWER_KEY_UDP_SRC), Int(TCA_FLOWER_KEY_UDP_DST))
        case 132: (Int(TCA_FLOWER_KEY_SCTP_SRC), Int(TCA_FLOWER_KEY_SCTP_DST))
        default: nil
        }
    }
}

extension PacketMatch {
    /// Reads the keys of a filter with this EtherType; masks of addresses have to be prefixes.
    init(etherType: UInt16, options: UnsafeRawBufferPointer) {
        self.init()
        family = etherType == 0x0800 ? .ipv4 : etherType == 0x86DD ? .ipv6 : nil
        var addresses: [Int: [UInt8]] = [:]
        for attribute in AttributeReader(options) {
            switch attribute.type {
            case Int(TCA_FLOWER_KEY_IP_PROTO): protocolNumber = attribute.number()
            case Int(TCA_FLOWER_KEY_TCP_SRC), Int(TCA_FLOWER_KEY_UDP_SRC), Int(TCA_FLOWER_KEY_SCTP_SRC):
                sourcePort = attribute.number(UInt16.self).map(UInt16.init(bigEndian:))
            case Int(TCA_FLOWER_KEY_TCP_DST), Int(TCA_FLOWER_KEY_UDP_DST), Int(TCA_FLOWER_KEY_SCTP_DST):
                destinationPort = attribute.number(UInt16.self).map(UInt16.init(bigEndian:))
            default: addresses[attribute.type] = Array(attribute.payload)
            }
        }
        let isFour = family == .ipv4
        source = Self.network(
            addresses[Int(isFour ? TCA_FLOWER_KEY_IPV4_SRC : TCA_FLOWER_KEY_IPV6_SRC)],
            addresses[Int(isFour ? TCA_FLOWER_KEY_IPV4_SRC_MASK : TCA_FLOWER_KEY_IPV6_SRC_MASK)])
        destination = Self.network(
            addresses[Int(isFour ? TCA_FLOWER_KEY_IPV4_DST : TCA_FLOWER_KEY_IPV6_DST)],
            addresses[Int(isFour ? TCA_FLOWER_KEY_IPV4_DST_MASK : TCA_FLOWER_KEY_IPV6_DST_MASK)])
    }

    private static func network(_ address: [UInt8]?, _ mask: [UInt8]?) -> CIDR? {
        guard let address, let address = IPAddress(bytes: address) else { return nil }
        let length = (mask ?? []).reduce(0) { $0 + (~$1).leadingZeroBitCount }
        return CIDR(address: address, prefixLength: mask == nil ? address.family.bits : length)
    }
}
