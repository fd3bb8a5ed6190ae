import Contract
import Quantities
import Testing

@testable import ServiceLab

@Suite("The stand-in of a name server")
struct NameTableTests {
    private static let addresses = [IPAddress(10, 96, 0, 10), IPAddress(bytes: Array(repeating: 1, count: 16))]
        .compactMap(\.self)
    private static let table = NameTable([StandIn.Name("Shop.x", addresses: addresses, port: 80)])

    private func ask(_ name: String, _ type: DNSType, largest: UInt16 = 1_232) throws -> DNSMessage {
        let query = DNSMessage.query(id: 9, .init(try DNSName(name), type), largest: largest)
        return try DNSMessage(try #require(Self.table.response(to: query.bytes)))
    }

    @Test("it answers with what a name has, and says the question again")
    func answers() throws {
        for (type, address) in [(DNSType.a, Self.addresses[0]), (.aaaa, Self.addresses[1])] {
            let response = try ask("shop.X", type)
            #expect(response.id == 9 && response.isResponse && response.isAuthoritative && response.code == .done)
            #expect(response.questions == [.init(try DNSName("shop.x"), type)])
            #expect(response.found.map(\.value) == [.address(address)])
        }
        let service = try ask("shop.x", .srv)
        #expect(
            service.found.map(\.value) == [
                .service(priority: 0, weight: 100, port: 80, target: try DNSName("shop.x"))
            ])
        #expect(service.additionals.count == 2)
    }

    @Test("no such name, and nothing of what was asked for, are two things")
    func absent() throws {
        #expect(try ask("none.x", .a).code == .noSuchName)
        let empty = try ask("shop.x", .cname)
        #expect(empty.code == .done && empty.answers.isEmpty)
    }

    @Test("what is no query for names is refused, and what is no query at all is not answered")
    func refusals() throws {
        var query = DNSMessage.query(id: 1, .init(try DNSName("shop.x"), .a))
        query.operation = 4
        #expect(try DNSMessage(try #require(Self.table.response(to: query.bytes))).code == .notImplemented)
        query.operation = 0
        query.questions[0].classNumber = 3
        #expect(try DNSMessage(try #require(Self.table.response(to: query.bytes))).code == .refused)
        query.questions = []
        #expect(try DNSMessage(try #require(Self.table.response(to: query.bytes))).code == .badQuestion)
        #expect(try DNSMessage(try #require(Self.table.response(to: query.bytes + [1]))).code == .badQuestion)
        query.isResponse = true
        #expect(Self.table.response(to: query.bytes) == nil)
        #expect(Self.table.response(to: [1, 2, 3]) == nil)
    }

    @Test("what does not fit is left out, and that is said")
    func truncation() throws {
        let name = Array(repeating: String(repeating: "a", count: 62), count: 4).joined(separator: ".")
        let table = NameTable([StandIn.Name(name, addresses: Self.addresses, port: 1)])
        let query = DNSMessage.query(id: 1, .init(try DNSName(name), .srv), largest: 512).bytes
        let response = try DNSMessage(try #require(table.response(to: query)))
        #expect(response.isTruncated && response.answers.isEmpty)
        let short = DNSMessage.query(id: 1, .init(try DNSName(name), .a), largest: 512).bytes
        #expect(try DNSMessage(try #require(table.response(to: short))).isTruncated == true)
        let roomy = DNSMessage.query(id: 1, .init(try DNSName(name), .a)).bytes
        #expect(try DNSMessage(try #require(table.response(to: roomy))).found.count == 1)
    }
}
