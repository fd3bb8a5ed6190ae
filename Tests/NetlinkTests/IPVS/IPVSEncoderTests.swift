import Quantities
import Testing

@testable import Netlink

@Suite("Requests to IPVS, byte by byte")
struct IPVSEncoderTests {
    static let key = IPVSService.Key.address(CompactAddress(ipv4: 0x0A60_0001), port: 80, transport: 6)

    @Test("a service: address and port in network order, everything else in host order, the mask all ones")
    func addService() {
        var service = IPVSService(Self.key)
        service.flags = .persistent
        service.persistenceSeconds = 10_800
        #expect(
            Bytes.written(.addService(service))
                == Bytes.parse(
                    """
                    68000000 1b00 0100 07000000 00000000  # 104 bytes, family, NLM_F_REQUEST, number 7
                    01 01 0000                            # IPVS_CMD_NEW_SERVICE, version 1
                    5400 0180                             # IPVS_CMD_ATTR_SERVICE, nested
                    0600 0100 0200 0000                   # AF_INET
                    0600 0200 0600 0000                   # TCP
                    1400 0300 0a600001 00000000 00000000 00000000
                    0600 0400 0050 0000                   # port 80
                    0700 0600 727200 00                   # "rr"
                    0c00 0700 01000000 ffffffff           # persistent, every flag is meant
                    0800 0800 302a0000                    # 10,800 s
                    0800 0900 ffffffff                    # clients are told apart by their whole address
                    """))
    }

    @Test("a destination: all of it when it is added, what tells it from others when it is deleted")
    func destination() {
        let destination = IPVSDestination(CompactAddress(ipv4: 0x0A80_0002), port: 8080, weight: 3)
        let added = Bytes.written(.addDestination(destination, of: Self.key))
        #expect(
            added
                == Bytes.parse(
                    """
                    8c000000 1b00 0100 07000000 00000000
                    05 01 0000                            # IPVS_CMD_NEW_DEST
                    3000 0180                             # IPVS_CMD_ATTR_SERVICE
                    0600 0100 0200 0000 0600 0200 0600 0000
                    1400 0300 0a600001 00000000 00000000 00000000
                    0600 0400 0050 0000
                    4800 0280                             # IPVS_CMD_ATTR_DEST
                    1400 0100 0a800002 00000000 00000000 00000000
                    0600 0200 1f90 0000                   # port 8080
                    0600 0b00 0200 0000                   # AF_INET
                    0800 0300 00000000                    # masquerade
                    0800 0400 03000000                    # weight
                    0800 0500 00000000 0800 0600 00000000 # no thresholds
                    """))
        let deleted = Bytes.written(.deleteDestination(destination, of: Self.key))
        #expect(deleted[16] == 7)
        #expect(deleted.count == added.count - 32)
    }

    @Test("IPv6 takes the whole address and 128 for its mask, a mark takes neither address nor port")
    func others() throws {
        let address = try #require(CompactAddress(.ipv6, (0..<16).map { UInt8($0) }))
        let service = Bytes.written(.addService(IPVSService(.address(address, port: 53, transport: 17))))
        #expect(service.suffix(8) == Bytes.parse("0800 0900 80000000")[...])
        #expect(Array(service[44..<60]) == (0..<16).map { UInt8($0) })
        #expect(
            Bytes.written(.deleteService(.mark(9, .ipv4)))
                == Bytes.parse(
                    """
                    28000000 1b00 0100 07000000 00000000 03 01 0000
                    1400 0180 0600 0100 0200 0000 0800 0500 09000000
                    """))
        #expect(Bytes.written(.flush) == Bytes.parse("14000000 1b00 0100 07000000 00000000 11 01 0000"))
    }

    @Test("the last message of a batch can be made to ask for an answer, the others do not")
    func asking() {
        var writer = MessageWriter()
        let encoder = IPVSEncoder(family: 0x1b)
        encoder.append(.flush, to: &writer, sequence: 1)
        encoder.append(.flush, to: &writer, sequence: 2)
        writer.askForAnswer()
        #expect(writer.bytes[6] == 1)
        #expect(writer.bytes[26] == 5)
    }

    @Test("an address of a link is its own network")
    func linkAddress() {
        var writer = MessageWriter()
        NetlinkSocket.write(CompactAddress(ipv4: 0x0A60_0001), index: 4, to: &writer)
        #expect(
            writer.bytes == Bytes.parse("02 20 00 00 04000000 0800 0200 0a600001 0800 0100 0a600001"))
    }
}
