import Glibc

/// Ethernet frames of a protocol that nobody knows: the link that receives them drops them, and counts that.
enum StrangeFrames {
    /// The first of the two types for experiments, by IEEE 802.
    private static let type: [UInt8] = [0x88, 0xB5]

    /// Sends so many to everybody behind a link of the namespace that the thread is in.
    static func send(_ count: Int, through link: String) {
        let descriptor = socket(AF_PACKET, Int32(SOCK_RAW.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        // A `sockaddr_ll`, which Glibc's module lacks: the family, a protocol, the link's number, and the length of its addresses.
        var address = [UInt8](repeating: 0, count: 20)
        address.withUnsafeMutableBytes { bytes in
            bytes.storeBytes(of: UInt16(AF_PACKET), as: UInt16.self)
            bytes.storeBytes(of: Int32(bitPattern: if_nametoindex(link)), toByteOffset: 4, as: Int32.self)
            bytes.storeBytes(of: 6, toByteOffset: 11, as: UInt8.self)
        }
        let frame =
            [UInt8](repeating: 0xFF, count: 6) + [0x02, 0, 0, 0, 0, 1] + type + [UInt8](repeating: 0, count: 46)
        address.withUnsafeBytes { bytes in
            guard let target = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return }
            for _ in 0..<count {
                _ = sendto(
                    descriptor, frame, frame.count, Int32(MSG_DONTWAIT), target, socklen_t(bytes.count))
            }
        }
    }
}
