import Quantities

/// Echo requests and replies of ICMP and ICMPv6, and what makes them ours; pure.
///
/// Type, code, checksum, identifier and sequence number in 8 bytes (RFC 792, RFC 4443). Behind them 8 bytes that nobody can
/// guess, the number of the attempt in 8, and then a pattern.
struct EchoMessage: Equatable {
    /// Bytes before the payload.
    static let headerSize = 8

    /// Which attempt it is.
    let attempt: UInt64
    /// What only we know.
    let secret: UInt64

    /// The payload, of which every byte is checked when it comes back.
    func payload(size: Int) -> [UInt8] {
        var bytes = Self.bytes(secret) + Self.bytes(attempt)
        bytes.reserveCapacity(size)
        while bytes.count < size { bytes.append(UInt8(truncatingIfNeeded: bytes.count)) }
        return bytes
    }

    /// Reads the payload of a reply; nil for what is not ours, or was changed on its way.
    init?(payload: ArraySlice<UInt8>, size: Int, secret: UInt64) {
        guard payload.count == size, size >= 16 else { return nil }
        func number(_ place: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 << 8 | UInt64(payload[payload.startIndex + place + $1]) }
        }
        guard number(0) == secret else { return nil }
        for (index, byte) in payload.enumerated().dropFirst(16) where byte != UInt8(truncatingIfNeeded: index) {
            return nil
        }
        self.init(attempt: number(8), secret: secret)
    }

    init(attempt: UInt64, secret: UInt64) {
        self.attempt = attempt
        self.secret = secret
    }

    /// A whole request with its checksum; the kernel writes the checksum of ICMPv6, and of datagram sockets both that and the
    /// identifier.
    func request(size: Int, identifier: UInt16, family: IPAddress.Family) -> [UInt8] {
        Self.request(
            payload(size: size), identifier: identifier, sequence: UInt16(truncatingIfNeeded: attempt), family: family)
    }

    /// The same with any payload.
    static func request(
        _ payload: some Sequence<UInt8>, identifier: UInt16, sequence: UInt16, family: IPAddress.Family
    ) -> [UInt8] {
        var bytes: [UInt8] = [family == .ipv4 ? 8 : 128, 0, 0, 0]
        bytes += [UInt8(identifier >> 8), UInt8(identifier & 0xFF), UInt8(sequence >> 8), UInt8(sequence & 0xFF)]
        bytes += payload
        if family == .ipv4 {
            let sum = checksum(bytes)
            bytes[2] = UInt8(sum >> 8)
            bytes[3] = UInt8(sum & 0xFF)
        }
        return bytes
    }

    /// The payload of an echo reply as a socket hands it over; nil for other messages.
    ///
    /// Raw IPv4 sockets hand over the IP header, too. The identifier is compared where it is ours.
    static func replyPayload<Packet: RandomAccessCollection>(
        _ packet: Packet, family: IPAddress.Family, isRaw: Bool, identifier: UInt16
    ) -> Packet? where Packet.Element == UInt8, Packet.Index == Int, Packet.SubSequence == Packet {
        var message = packet
        if isRaw, family == .ipv4 {
            guard let first = packet.first, first >> 4 == 4 else { return nil }
            message = packet.dropFirst(Int(first & 0x0F) * 4)
        }
        guard message.count >= headerSize else { return nil }
        let start = message.startIndex
        guard message[start] == (family == .ipv4 ? 0 : 129), message[start + 1] == 0 else { return nil }
        if isRaw {
            guard UInt16(message[start + 4]) << 8 | UInt16(message[start + 5]) == identifier else { return nil }
        }
        return message.dropFirst(headerSize)
    }

    /// The sum of the Internet (RFC 1071).
    static func checksum(_ bytes: [UInt8]) -> UInt16 {
        var sum: UInt32 = 0
        var index = 0
        while index < bytes.count {
            sum += UInt32(bytes[index]) << 8 | (index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0)
            index += 2
        }
        while sum >> 16 != 0 { sum = sum & 0xFFFF + sum >> 16 }
        return ~UInt16(truncatingIfNeeded: sum)
    }

    private static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
    }
}
