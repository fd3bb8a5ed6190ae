import Glibc
import Quantities
import Statistics
import Testing

@Suite("Addresses")
struct AddressTests {
    @Test(
        "addresses print their canonical form",
        arguments: [
            ("10.0.0.1", "10.0.0.1"), ("255.255.255.255", "255.255.255.255"), ("::", "::"), ("::1", "::1"),
            ("FD00::0001", "fd00::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
            ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"), ("1:0:0:2:0:0:0:3", "1:0:0:2::3"),
            ("::ffff:10.0.0.1", "::ffff:10.0.0.1"), ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1::", "1::"),
            ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ]
    )
    func printsCanonically(text: String, canonical: String) throws {
        #expect(try IPAddress(parsing: text).description == canonical)
    }

    @Test(
        "what is not an address is refused",
        arguments: [
            "", "10.0.0", "10.0.0.0.1", "10.0.0.256", "10.0.0.01", "10.0.0.+1", "10.0.0.1 ", "a.b.c.d", ":", ":::",
            "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::", "+1::", ":1::",
            "1:", "fe80::1%eth0", "::10.0.0", "10.0.0.1::", "1.2.3.4:5::", "::1/64",
        ]
    )
    func refusesAddresses(text: String) {
        #expect(throws: QuantityError.self) { try IPAddress(parsing: text) }
    }

    @Test("reading agrees with the C library on random addresses and on mutilated ones", arguments: 0..<20)
    func agreesWithLibc(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for round in 0..<100 {
            let count = round.isMultiple(of: 2) ? 4 : 16
            // Few different bytes make runs of zeros, which are what compression is about.
            let bytes = (0..<count).map { _ in
                [0, 0, 0, 1, 255, UInt8.random(in: 0...255, using: &random)].randomElement(using: &random) ?? 0
            }
            let address = try #require(IPAddress(bytes: bytes))
            #expect(try IPAddress(parsing: address.description) == address)
            #expect(libc(address.description) == bytes)

            var text = Array(address.description)
            let position = Int.random(in: text.indices, using: &random)
            text[position] = Array("0:.f1").randomElement(using: &random) ?? ":"
            #expect((try? IPAddress(parsing: String(text)))?.bytes == libc(String(text)), "\(String(text))")
        }
    }

    @Test("addresses advance over byte borders, and not past the last one")
    func advances() throws {
        #expect(try IPAddress(parsing: "10.0.0.255").advanced(by: 1)?.description == "10.0.1.0")
        #expect(try IPAddress(parsing: "10.0.0.0").advanced(by: 0x01_0203)?.description == "10.1.2.3")
        #expect(try IPAddress(parsing: "255.255.255.255").advanced(by: 1) == nil)
        #expect(try IPAddress(parsing: "0.0.0.0").advanced(by: 1 << 32) == nil)
        #expect(try IPAddress(parsing: "::ff").advanced(by: .max)?.description == "::1:0:0:0:fe")
    }

    @Test("IPv4 stands before IPv6, and numbers are in order")
    func sorts() throws {
        let texts = ["::1", "10.0.0.2", "9.0.0.0", "::", "10.0.0.10"]
        let sorted = try texts.map { try IPAddress(parsing: $0) }.sorted().map(\.description)
        #expect(sorted == ["9.0.0.0", "10.0.0.2", "10.0.0.10", "::", "::1"])
    }

    @Test(
        "a hardware address has 6, 8 or 20 pairs of digits",
        arguments: [
            "", "02:00", "02:00:00:00:00:0g", "2:0:0:0:0:1", "02-00-00-00-00-01", "+2:00:00:00:00:01",
            "-0:00:00:00:00:01", "02:00:00:00:00:00:01", "02:00:00:00:00:01:", "\u{FF10}2:00:00:00:00:01",
        ])
    func refusesEthernetAddresses(text: String) throws {
        #expect(throws: QuantityError.self) { try MACAddress(parsing: text) }
        #expect(try MACAddress(parsing: "02:00:00:00:0A:01").description == "02:00:00:00:0a:01")
        for count in [6, 8, 20] {
            let address = try #require(MACAddress(bytes: Array(repeating: 0xA0, count: count)))
            #expect(try MACAddress(parsing: address.description) == address)
        }
        for count in [0, 1, 5, 7, 16, 19, 21] {
            #expect(MACAddress(bytes: Array(repeating: 1, count: count)) == nil)
        }
    }

    private func libc(_ text: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: text.contains(":") ? 16 : 4)
        return inet_pton(text.contains(":") ? AF_INET6 : AF_INET, text, &bytes) == 1 ? bytes : nil
    }
}
