import Glibc
import Sockets

/// What both ends say to each other over TCP, as numbers of 64 bits, low byte first.
///
/// TCP, since a datagram among millions of others would be lost with them, and so that a lost answer is not a lost step.
enum PacketControl {
    /// What a client says.
    struct Request: Equatable {
        enum Kind: UInt64 {
            /// Count datagrams with this header from now on.
            case begin = 0x6E6D_706B_7400_0001
            /// All of them have been sent: say how many came.
            case end = 0x6E6D_706B_7400_0002
        }

        let kind: Kind
        let header: UInt64
        /// How many were sent; 0 at the beginning.
        let sent: UInt64
    }

    /// What a server answers: nothing has come yet at a beginning.
    struct Reply: Equatable {
        let header: UInt64
        let packets: UInt64
        /// From the first to the last of them, in nanoseconds.
        let spanNanoseconds: UInt64
        /// Processor time of the thread that took them, in nanoseconds.
        let cpuNanoseconds: UInt64
        /// Datagrams that came meanwhile and are none of them.
        let others: UInt64
    }

    private static let replyMark: UInt64 = 0x6E6D_706B_7400_0003

    static func send(_ request: Request, to descriptor: Int32) throws(SocketError) {
        try send([request.kind.rawValue, request.header, request.sent], to: descriptor)
    }

    static func send(_ reply: Reply, to descriptor: Int32) throws(SocketError) {
        try send(
            [replyMark, reply.header, reply.packets, reply.spanNanoseconds, reply.cpuNanoseconds, reply.others],
            to: descriptor)
    }

    /// The next request; nil when the client is gone, or is none of ours.
    static func request(from descriptor: Int32) -> Request? {
        guard let words = try? receive(3, from: descriptor), let kind = Request.Kind(rawValue: words[0]) else {
            return nil
        }
        return Request(kind: kind, header: words[1], sent: words[2])
    }

    /// The server's answer; nil when what came is none.
    static func reply(from descriptor: Int32) throws(SocketError) -> Reply? {
        // By itself, so that something shorter that is none is not waited for.
        guard try receive(1, from: descriptor)[0] == replyMark else { return nil }
        let words = try receive(5, from: descriptor)
        return Reply(
            header: words[0], packets: words[1], spanNanoseconds: words[2], cpuNanoseconds: words[3], others: words[4])
    }

    private static func send(_ words: [UInt64], to descriptor: Int32) throws(SocketError) {
        // Short enough to go out at once or not at all: the connection has nothing else to send.
        let size = words.count * MemoryLayout<UInt64>.size
        let count = words.map(\.littleEndian).withUnsafeBytes { bytes in
            withoutInterruption { Glibc.send(descriptor, bytes.baseAddress, size, Int32(MSG_NOSIGNAL)) }
        }
        guard count == size else { throw SocketError(.send, count < 0 ? errno : EPIPE) }
    }

    private static func receive(_ count: Int, from descriptor: Int32) throws(SocketError) -> [UInt64] {
        var words = [UInt64](repeating: 0, count: count)
        let size = count * MemoryLayout<UInt64>.size
        let received = words.withUnsafeMutableBytes { bytes in
            withoutInterruption { recv(descriptor, bytes.baseAddress, size, Int32(MSG_WAITALL)) }
        }
        if received < 0 { throw SocketError(.receive, errno) }
        guard received == size else { throw SocketError(.receive, ECONNRESET) }
        return words.map(UInt64.init(littleEndian:))
    }
}
