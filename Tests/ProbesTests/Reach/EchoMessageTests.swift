import Quantities
import Statistics
import Testing

@testable import Probes

@Suite("Echo messages")
struct EchoMessageTests {
    @Test("a reply is ours only with every byte of its payload", arguments: [IPAddress.Family.ipv4, .ipv6])
    func everyByte(_ family: IPAddress.Family) throws {
        var request = EchoMessage(attempt: 7, secret: 0x0123_4567_89AB_CDEF)
            .request(size: 40, identifier: 99, family: family)
        request[0] = family == .ipv4 ? 0 : 129
        let payload = try #require(
            EchoMessage.replyPayload(request[...], family: family, isRaw: false, identifier: 99))
        #expect(EchoMessage(payload: payload, size: 40, secret: 0x0123_4567_89AB_CDEF)?.attempt == 7)
        for index in payload.indices where index < payload.startIndex + 8 || index >= payload.startIndex + 16 {
            var changed = payload
            changed[index] ^= 1
            #expect(EchoMessage(payload: changed, size: 40, secret: 0x0123_4567_89AB_CDEF) == nil)
        }
        #expect(EchoMessage(payload: payload.dropLast(), size: 40, secret: 0x0123_4567_89AB_CDEF) == nil)
        #expect(EchoMessage(payload: payload, size: 40, secret: 1) == nil)
    }

    @Test("a request, an error, and a reply to somebody else are no replies")
    func others() {
        let request = EchoMessage(attempt: 1, secret: 5).request(size: 16, identifier: 3, family: .ipv4)
        #expect(EchoMessage.replyPayload(request[...], family: .ipv4, isRaw: false, identifier: 3) == nil)
        var reply = request
        reply[0] = 0
        let header: [UInt8] = [0x45] + [UInt8](repeating: 0, count: 19)
        #expect(EchoMessage.replyPayload((header + reply)[...], family: .ipv4, isRaw: true, identifier: 3) != nil)
        #expect(EchoMessage.replyPayload((header + reply)[...], family: .ipv4, isRaw: true, identifier: 4) == nil)
        #expect(EchoMessage.replyPayload(reply[...7], family: .ipv4, isRaw: false, identifier: 3)?.isEmpty == true)
        #expect(EchoMessage.replyPayload(reply[..<7], family: .ipv4, isRaw: false, identifier: 3) == nil)
    }

    @Test(
        "any payload goes there and back, and its number is that of the message", arguments: IPAddress.Family.allCases)
    func payload(_ family: IPAddress.Family) throws {
        let payload: [UInt8] = [9, 8, 7, 6, 5]
        var message = EchoMessage.request(payload, identifier: 0x1234, sequence: 0x5678, family: family)
        #expect(message[4...7].elementsEqual([0x12, 0x34, 0x56, 0x78]))
        #expect(family == .ipv6 || EchoMessage.checksum(message) == 0)
        message[0] = family == .ipv4 ? 0 : 129
        let reply = EchoMessage.replyPayload(message[...], family: family, isRaw: false, identifier: 0)
        #expect(try #require(reply).elementsEqual(payload))
    }

    @Test("a message with its own checksum sums up to nothing, whatever is in it")
    func checksum() {
        var random = SeededGenerator(seed: 11)
        for size in 16..<120 {
            let message = EchoMessage(attempt: random.next(), secret: random.next())
                .request(size: size, identifier: UInt16(truncatingIfNeeded: random.next()), family: .ipv4)
            #expect(EchoMessage.checksum(message) == 0)
        }
        // RFC 1071, section 3.
        #expect(EchoMessage.checksum([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]) == ~0xDDF2)
    }

    @Test("bytes of any kind are read without a trap")
    func rubbish() {
        var random = SeededGenerator(seed: 3)
        var taken = 0
        for length in 0..<300 {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            for family in IPAddress.Family.allCases {
                for isRaw in [false, true] {
                    let payload = EchoMessage.replyPayload(bytes[...], family: family, isRaw: isRaw, identifier: 1)
                    if let payload, EchoMessage(payload: payload, size: 56, secret: 1) != nil { taken += 1 }
                }
            }
        }
        #expect(taken == 0)
    }
}
