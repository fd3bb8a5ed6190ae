import Glibc
import Testing

@testable import Sockets

@Suite("What stands in a socket's error queue")
struct ErrorQueueTests {
    /// A control message: a length of 8 bytes, level and type of 4, and what follows.
    private static func message(level: Int32, type: Int32, _ data: [UInt8]) -> [UInt8] {
        let length = 16 + data.count
        var bytes = [UInt8(length)] + [UInt8](repeating: 0, count: 7)
        for word in [level, type] { bytes += [UInt8(word & 0xFF)] + [0, 0, 0] }
        bytes += data
        while bytes.count % 8 != 0 { bytes.append(0) }
        return bytes
    }

    @Test("the entry is found behind other messages")
    func found() {
        let error: [UInt8] = [90, 0, 0, 0, 2, 3, 4, 0, 0x78, 5, 0, 0, 0, 0, 0, 0]
        let control =
            Self.message(level: 1, type: 29, [UInt8](repeating: 9, count: 12))
            + Self.message(level: Int32(IPPROTO_IP), type: IP_RECVERR, error)
        let entry = ErrorQueue.entry(in: control)
        #expect(entry?.code == EMSGSIZE)
        #expect(entry?.isRemote == true)
        #expect(entry?.information == 1_400)
    }

    @Test("what is cut or says another length than it has is nothing")
    func cut() {
        let whole = Self.message(level: Int32(IPPROTO_IPV6), type: IPV6_RECVERR, [UInt8](repeating: 0, count: 16))
        #expect(ErrorQueue.entry(in: whole) != nil)
        for length in 0..<whole.count { #expect(ErrorQueue.entry(in: Array(whole[..<length])) == nil) }
        #expect(ErrorQueue.entry(in: [UInt8](repeating: 0xFF, count: 64)) == nil)
        #expect(ErrorQueue.entry(in: [UInt8](repeating: 0, count: 64)) == nil)
    }
}
