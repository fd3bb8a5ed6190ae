import Netlink
import Testing

@Suite("Records of an interface as text")
struct InterfaceRecordTests {
    @Test(
        "what was written reads back as the same",
        arguments: [
            "route 020000000000000000000000", "neighbour 020000000100000080000000",
            "address 0218800001000000080001000a090001",
        ])
    func roundTrip(_ text: String) throws {
        let record = try #require(InterfaceRecord(text: text))
        #expect(record.text == text)
        #expect(InterfaceRecord(text: record.text) == record)
    }

    @Test(
        "what is none is refused",
        arguments: [
            "", "route", "route 02", "rule 020000000000000000000000", "route 0200000000000000000000000",
            "address zz18800001000000", "address +218800001000000",
        ])
    func refused(_ text: String) {
        #expect(InterfaceRecord(text: text) == nil)
    }
}
