import CLibnl

/// An address, a route or a neighbour of a link as the kernel listed it, to be given back as it was.
public struct InterfaceRecord: Sendable, Hashable, CustomStringConvertible {
    /// What it is.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case address
        case route
        case neighbour
    }

    /// What it is.
    public let kind: Kind
    /// The message without the header of netlink.
    let body: [UInt8]

    /// What it is and its bytes, as far as they do not change by themselves.
    public var description: String {
        "\(kind.rawValue) \(identity.map { String($0, radix: 16) }.joined(separator: " "))"
    }

    /// Equal for two that are the same but for what the kernel counts: uses, ages, and whether the link has a carrier.
    public static func == (left: InterfaceRecord, right: InterfaceRecord) -> Bool {
        left.kind == right.kind && left.identity == right.identity
    }

    /// As two that are equal.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(identity)
    }

    /// One from its text; nil where the text is none.
    public init?(text: String) {
        let words = text.split(separator: " ")
        guard words.count == 2, let kind = Kind(rawValue: String(words[0])), words[1].utf8.count.isMultiple(of: 2)
        else { return nil }
        var bytes: [UInt8] = []
        var rest = words[1][...]
        while !rest.isEmpty {
            // A sign would be taken for a digit's place.
            guard rest.first != "+", let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        guard bytes.count >= kind.headerLength else { return nil }
        self.kind = kind
        body = bytes
    }

    /// All of it on one line: what it is, and its bytes in sixteens.
    public var text: String {
        "\(kind.rawValue) " + body.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Nil for one of another link, and for what comes and goes by itself.
    init?(_ kind: Kind, _ body: UnsafeRawBufferPointer, ofLinkWithIndex index: Int) {
        guard body.count >= kind.headerLength else { return nil }
        self.kind = kind
        self.body = Array(body)
        switch kind {
        case .address:
            guard Int(body.loadUnaligned(fromByteOffset: 4, as: UInt32.self)) == index else { return nil }
        case .neighbour:
            guard Int(body.loadUnaligned(fromByteOffset: 4, as: Int32.self)) == index,
                body.loadUnaligned(fromByteOffset: 8, as: UInt16.self) & UInt16(NUD_PERMANENT) != 0
            else { return nil }
        case .route:
            let flags = body.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
            // The kernel sees to those of the table `local` itself, by the addresses.
            let isKernels = body[4] == UInt8(RT_TABLE_LOCAL.rawValue) && body[5] == UInt8(RTPROT_KERNEL)
            guard flags & UInt32(RTM_F_CLONED) == 0, !isKernels, Self.hops(body).contains(index) else { return nil }
        }
    }

    /// Whether it has to stand before others of its kind: a route to a link before one through a gateway on it.
    var isDirect: Bool {
        body.withUnsafeBytes { body in
            !Self.attributes(kind, body).contains {
                $0.type == Int(RTA_GATEWAY.rawValue) || $0.type == Int(RTA_VIA.rawValue)
            }
        }
    }

    /// The message as it is sent to have it back.
    var request: [UInt8] {
        var bytes = body
        bytes.withUnsafeMutableBytes { bytes in
            switch kind {
            case .route:
                // What the kernel says of the moment, it does not take.
                let flags = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self) & UInt32(RTNH_F_ONLINK)
                bytes.storeBytes(of: flags, toByteOffset: 8, as: UInt32.self)
            case .address:
                // It was there, and nobody else has taken it: without this it is no use for a second or two.
                let flags = bytes.load(fromByteOffset: 2, as: UInt8.self) & ~UInt8(IFA_F_TENTATIVE)
                bytes.storeBytes(of: flags | UInt8(IFA_F_NODAD), toByteOffset: 2, as: UInt8.self)
            case .neighbour: break
            }
        }
        return bytes
    }

    private var identity: [UInt8] {
        body.withUnsafeBytes { body in
            var header = Array(body[..<kind.headerLength])
            switch kind {
            case .route: for offset in 8..<12 { header[offset] = 0 }
            case .address: header[2] = 0
            case .neighbour: break
            }
            let volatile = kind.volatileAttributes
            return Self.attributes(kind, body).filter { !volatile.contains($0.type) }
                .reduce(into: header) { $0 += [UInt8(truncatingIfNeeded: $1.type)] + Array($1.payload) }
        }
    }

    private static func attributes(_ kind: Kind, _ body: UnsafeRawBufferPointer) -> [AttributeReader.Attribute] {
        Array(AttributeReader(UnsafeRawBufferPointer(rebasing: body[kind.headerLength...])))
    }

    /// The links of a route's next hops.
    private static func hops(_ body: UnsafeRawBufferPointer) -> [Int] {
        attributes(.route, body).flatMap { attribute -> [Int] in
            switch attribute.type {
            case Int(RTA_OIF.rawValue): return [attribute.number(UInt32.self).map(Int.init) ?? 0]
            case Int(RTA_MULTIPATH.rawValue):
                // `struct rtnexthop`: its length, flags, hops, and the link's number.
                var indices: [Int] = []
                var rest = attribute.payload
                while rest.count >= 8 {
                    let length = (Int(rest.loadUnaligned(as: UInt16.self)) + 3) & ~3
                    indices.append(Int(rest.loadUnaligned(fromByteOffset: 4, as: Int32.self)))
                    guard length >= 8, length <= rest.count else { break }
                    rest = UnsafeRawBufferPointer(rebasing: rest[length...])
                }
                return indices
            default: return []
            }
        }
    }
}

extension InterfaceRecord.Kind {
    /// `struct ifaddrmsg`, `rtmsg` and `ndmsg`.
    var headerLength: Int { self == .address ? 8 : 12 }

    var listType: UInt16 {
        switch self {
        case .address: UInt16(RTM_GETADDR)
        case .route: UInt16(RTM_GETROUTE)
        case .neighbour: UInt16(RTM_GETNEIGH)
        }
    }

    var newType: UInt16 {
        switch self {
        case .address: UInt16(RTM_NEWADDR)
        case .route: UInt16(RTM_NEWROUTE)
        case .neighbour: UInt16(RTM_NEWNEIGH)
        }
    }

    /// Attributes that change though nobody changes anything.
    fileprivate var volatileAttributes: Set<Int> {
        switch self {
        case .address: [Int(IFA_CACHEINFO), Int(IFA_FLAGS)]
        case .route: [Int(RTA_CACHEINFO.rawValue)]
        case .neighbour: [Int(NDA_CACHEINFO), Int(NDA_PROBES)]
        }
    }
}
