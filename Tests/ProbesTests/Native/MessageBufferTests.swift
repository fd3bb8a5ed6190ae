import Testing

@testable import Probes

@Suite("the header of a message")
struct MessageBufferTests {
    @Test("what was written is read, as far as the message is long", arguments: [1, 2, 3, 4, 7, 8, 9, 64, 65_536])
    func headerSurvives(_ size: Int) {
        let buffer = MessageBuffer(size: size)
        let bits = MessageBuffer.sequenceBits(size: size)
        for sequence in [0, 1, 127, 128, 32_767, 32_768, 1 << 31, UInt64.max >> 1] as [UInt64] {
            for measured in [false, true] {
                let header = MessageBuffer.header(sequence: sequence, measured: measured, size: size)
                buffer.write(header: header)
                #expect(buffer.header == header)
                #expect(MessageBuffer.isMeasured(buffer.bytes.load(as: UInt8.self)) == measured)
                let expected = bits >= 63 ? sequence : sequence & ((1 << UInt64(bits)) - 1)
                #expect(MessageBuffer.sequence(of: header) == expected)
            }
        }
    }

    @Test("two requests that follow each other differ even in one byte")
    func oneByteTellsApart() {
        for sequence in 0..<300 as Range<UInt64> {
            let header = MessageBuffer.header(sequence: sequence, measured: true, size: 1)
            #expect(header != MessageBuffer.header(sequence: sequence + 1, measured: true, size: 1))
            #expect(header <= 0xFF)
        }
    }
}
