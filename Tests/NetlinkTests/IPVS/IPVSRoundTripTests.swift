import CLibnl
import Quantities
import Statistics
import Testing

@testable import Netlink

@Suite("Services and destinations, written and read again")
struct IPVSRoundTripTests {
    private static func address(_ random: inout SeededGenerator) -> CompactAddress {
        guard Bool.random(using: &random) else { return CompactAddress(ipv4: .random(in: 0 ... .max, using: &random)) }
        let bytes = (0..<16).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
        return CompactAddress(.ipv6, bytes) ?? CompactAddress(ipv4: 0)
    }

    private static func key(_ random: inout SeededGenerator) -> IPVSService.Key {
        guard Int.random(in: 0..<4, using: &random) > 0 else {
            return .mark(.random(in: 1 ... .max, using: &random), Bool.random(using: &random) ? .ipv4 : .ipv6)
        }
        return .address(
            address(&random), port: .random(in: 0 ... .max, using: &random),
            transport: [6, 17, 132].randomElement(using: &random) ?? 6)
    }

    /// The first message of a buffer, behind its header.
    private static func body(_ bytes: [UInt8], _ read: (UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes { buffer in
            for message in MessageReader(buffer) { read(message.body) }
        }
    }

    @Test("every service comes back as it was, in 2,000 at random")
    func services() {
        var random = SeededGenerator(seed: 3)
        for _ in 0..<2_000 {
            var service = IPVSService(Self.key(&random))
            service.scheduler = ["rr", "wrr", "lc", "mh", "fifteen-letters"].randomElement(using: &random) ?? ""
            service.flags = IPVSServiceFlags(rawValue: .random(in: 0...7, using: &random))
            service.persistenceSeconds = .random(in: 0 ... .max, using: &random)
            Self.body(Bytes.written(.addService(service))) { #expect(IPVSDecoder.service($0) == service) }
        }
    }

    @Test("every destination comes back as it was, in 2,000 at random")
    func destinations() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            let destination = IPVSDestination(
                Self.address(&random), port: .random(in: 0 ... .max, using: &random),
                forwarding: IPVSForwarding.allCases.randomElement(using: &random) ?? .masquerade,
                weight: .random(in: 0 ... .max, using: &random),
                upperThreshold: .random(in: 0 ... .max, using: &random),
                lowerThreshold: .random(in: 0 ... .max, using: &random))
            Self.body(Bytes.written(.setDestination(destination, of: Self.key(&random)))) { body in
                #expect(IPVSDecoder.destination(body, family: .ipv6) == destination)
            }
        }
    }

    @Test("messages cut anywhere are never read past their end, and no service is made up from a part")
    func cut() {
        let whole = Bytes.written(.addService(IPVSService(IPVSEncoderTests.key)))
        for length in 0..<whole.count {
            Array(whole[..<length]).withUnsafeBytes { buffer in
                #expect(Array(MessageReader(buffer)).isEmpty)
                guard length >= 16 else { return }
                let body = UnsafeRawBufferPointer(rebasing: buffer[16...])
                #expect(IPVSDecoder.service(body) == nil)
                #expect(IPVSDecoder.info(body) == nil)
            }
        }
    }

    @Test("random bytes are refused, not understood")
    func rubbish() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0..<200, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
            bytes.withUnsafeBytes { buffer in
                #expect(IPVSDecoder.service(buffer) == nil)
                for message in MessageReader(buffer) { #expect(message.body.count <= count - 16) }
            }
        }
    }

    @Test("a compact address has the text and the order of the general one")
    func addresses() throws {
        var random = SeededGenerator(seed: 6)
        for _ in 0..<500 {
            let left = Self.address(&random)
            let right = Self.address(&random)
            let general = try #require(left.address)
            #expect(CompactAddress(general) == left)
            #expect("\(left)" == "\(general)")
            #expect((left < right) == (general < (try #require(right.address))))
        }
    }

    @Test("bits of the kernel beside the way of forwarding are passed over", arguments: IPVSForwarding.allCases)
    func kernelBits(_ forwarding: IPVSForwarding) {
        var writer = MessageWriter()
        GenericMessage.header(IPVS_CMD_NEW_DEST, to: &writer)
        writer.nested(IPVS_CMD_ATTR_DEST) { writer in
            writer.attribute(IPVS_DEST_ATTR_ADDR, CompactAddress(ipv4: 1), length: 16)
            writer.attribute(IPVS_DEST_ATTR_FWD_METHOD, forwarding.rawValue | 0x1F8)
        }
        let read = writer.bytes.withUnsafeBytes { IPVSDecoder.destination($0, family: .ipv4) }
        #expect(read?.forwarding == forwarding)
    }
}
