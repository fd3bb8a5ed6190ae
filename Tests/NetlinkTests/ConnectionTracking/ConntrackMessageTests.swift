import CLibnl
import Quantities
import Testing

@testable import Netlink

@Suite("Requests to the connection tracker, byte by byte")
struct ConntrackMessageTests {
    private static let request: Int32 = NLM_F_REQUEST | NLM_F_ACK

    @Test(
        "a connection is told as conntrack(8) of Debian 12 tells it, as strace recorded it but for number and padding")
    func entry() {
        // conntrack -I -p udp --orig-src 198.18.0.5 --orig-dst 198.19.0.1 --reply-src 198.19.0.1 --reply-dst 198.18.0.5
        //     --sport 7 --dport 9 --reply-port-src 9 --reply-port-dst 7 --timeout 60 -u SEEN_REPLY,ASSURED,FIXED_TIMEOUT
        // This version says the status again in place of a mark.
        let entry = ConntrackEntry(
            source: CompactAddress(ipv4: 0xC612_0005), destination: CompactAddress(ipv4: 0xC613_0001), sourcePort: 7,
            destinationPort: 9, timeoutSeconds: 60, mark: 0x0406)
        var writer = MessageWriter()
        ConntrackMessage.write(entry, to: &writer, flags: Self.request, sequence: 7)
        #expect(
            writer.bytes
                == Bytes.parse(
                    """
                    94000000 0001 0506 07000000 00000000  # 148 bytes, NFNL_SUBSYS_CTNETLINK, IPCTNL_MSG_CT_NEW
                    02 00 0000                            # AF_INET
                    3400 0180 1400 0180 0800 0100 c6120005 0800 0200 c6130001
                    1c00 0280 0500 0100 11 000000 0600 0200 0007 0000 0600 0300 0009 0000
                    3400 0280 1400 0180 0800 0100 c6130001 0800 0200 c6120005
                    1c00 0280 0500 0100 11 000000 0600 0200 0009 0000 0600 0300 0007 0000
                    0800 0300 0000040e                    # seen reply, assured, confirmed, fixed time-out
                    0800 0700 0000003c                    # 60 s
                    0800 0800 00000406                    # the mark
                    """))
    }

    @Test("a connection of IPv6 has its own family and attributes")
    func six() throws {
        let (source, destination) = (
            try #require(CompactAddress(.ipv6, [UInt8](repeating: 1, count: 16))),
            try #require(CompactAddress(.ipv6, [UInt8](repeating: 2, count: 16)))
        )
        var writer = MessageWriter()
        let entry = ConntrackEntry(
            source: source, destination: destination, sourcePort: 1, destinationPort: 2, timeoutSeconds: 1, mark: 1)
        ConntrackMessage.write(entry, to: &writer, flags: Self.request, sequence: 1)
        #expect(writer.bytes[16] == UInt8(AF_INET6))
        #expect(
            writer.bytes[20..<68]
                == Bytes.parse(
                    """
                    4c00 0180 2c00 0180 1400 0300 01010101 01010101 01010101 01010101
                    1400 0400 02020202 02020202 02020202 02020202
                    """)[...])
    }

    @Test("a mark is meant with all its bits, as conntrack(8) says it")
    func filter() {
        // conntrack -D --mark 0x6e6d6374, which lists before it deletes.
        var writer = MessageWriter()
        writer.message(
            type: ConntrackMessage.type(IPCTNL_MSG_CT_GET), flags: NLM_F_REQUEST | NLM_F_DUMP, sequence: 7
        ) { ConntrackMessage.filter(mark: 0x6E6D_6374, to: &$0) }
        #expect(
            writer.bytes
                == Bytes.parse(
                    "24000000 0101 0103 07000000 00000000 00000000 0800 0800 6e6d6374 0800 1500 ffffffff"))
    }

    @Test("counts and losses are read as Linux 6.18 wrote them, and what is cut says nothing")
    func answers() {
        let counts = Bytes.parse("00000000 0800 0100 00000001 0800 0200 00040000")
        #expect(
            counts.withUnsafeBytes { ConntrackMessage.counts($0) } == ConntrackCounts(entries: 1, limit: 262_144))
        let losses = Bytes.parse(
            """
            00000001 0800 0200 00000000 0800 0400 00000000 0800 0800 00000000 0800 0900 00000000
            0800 0a00 00000102 0800 0b00 00000003 0800 0c00 00000000 0800 0d00 00000000 0800 0e00 00000000
            """)
        #expect(
            losses.withUnsafeBytes { ConntrackMessage.losses($0) } == ConntrackLosses(dropped: 258, evicted: 3))
        for length in 0..<counts.count {
            #expect(counts.prefix(length).withUnsafeBytes { ConntrackMessage.counts($0) } == nil, "\(length)")
        }
    }
}
