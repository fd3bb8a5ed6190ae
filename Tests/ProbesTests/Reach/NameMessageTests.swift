import Contract
import Quantities
import Testing

@Suite("Messages of DNS")
struct NameMessageTests {
    private static func header(_ flags: UInt16 = 0x8180, questions: UInt8 = 1, answers: UInt8 = 0) -> [UInt8] {
        [0, 7, UInt8(flags >> 8), UInt8(flags & 0xFF), 0, questions, 0, answers, 0, 0, 0, 0]
    }

    private static let www: [UInt8] = [3] + Array("WWW".utf8) + [1, UInt8(ascii: "x"), 0]

    @Test("a query is as RFC 1035 has it, with what a client takes behind it")
    func query() throws {
        let bytes = DNSMessage.query(id: 0x1234, .init(try DNSName("www.x"), .a)).bytes
        let question: [UInt8] = [3, 119, 119, 119, 1, 120, 0, 0, 1, 0, 1]
        let options: [UInt8] = [0, 0, 41, 0x04, 0xD0, 0, 0, 0, 0, 0, 0]
        #expect(bytes == [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1] + question + options)
        #expect(try DNSMessage(bytes).bytes == bytes)
    }

    @Test("names that refer to earlier ones are followed, and case is nothing")
    func references() throws {
        // WWW.x CNAME web.x; web.x A 10.0.0.1
        let alias: [UInt8] = [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 9, 0, 6, 3] + Array("web".utf8) + [0xC0, 16]
        let place = UInt8(12 + Self.www.count + 4 + 12)
        let address: [UInt8] = [0xC0, place, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 10, 0, 0, 1]
        let message = try DNSMessage(Self.header(answers: 2) + Self.www + [0, 1, 0, 1] + alias + address)
        #expect(message.questions == [.init(try DNSName("www.X"), .a)])
        #expect(message.answers.map(\.name.description) == ["www.x", "web.x"])
        #expect(message.found == [DNSRecord(try DNSName("web.x"), .address(IPAddress(10, 0, 0, 1)), timeToLive: 9)])
        #expect(message.code == .done && message.hasRecursion && !message.isAuthoritative)
    }

    @Test("aliases that go round find nothing, and end")
    func aliases() throws {
        var message = DNSMessage(id: 1, isResponse: true, questions: [.init(try DNSName("a.x"), .a)])
        message.answers = [
            DNSRecord(try DNSName("a.x"), .alias(try DNSName("b.x"))),
            DNSRecord(try DNSName("b.x"), .alias(try DNSName("a.x"))),
        ]
        #expect(message.found.isEmpty)
        #expect(try DNSMessage(message.bytes) == message)
    }

    @Test("where a service is reads back as it was written")
    func service() throws {
        var message = DNSMessage(id: 1, isResponse: true, questions: [.init(try DNSName("s.x"), .srv)])
        message.answers = [
            DNSRecord(try DNSName("s.x"), .service(priority: 1, weight: 2, port: 443, target: try DNSName("h.x")))
        ]
        message.isTruncated = true
        message.code = .failed
        #expect(try DNSMessage(message.bytes) == message)
        #expect(message.found == message.answers)
    }

    struct Bad: Sendable, CustomTestStringConvertible {
        let bytes: [UInt8]
        let problem: String
        var testDescription: String { problem }
    }

    @Test(
        "what is no message is refused, with the byte at which it is none",
        arguments: [
            Bad(bytes: [0, 1, 2], problem: "it ends in the middle of a number (byte 3)"),
            Bad(
                bytes: header() + [0xC0, 12, 0, 1, 0, 1],
                problem: "a name refers to itself, or to what comes later (byte 12)"),
            Bad(
                bytes: header() + [1, 97, 0xC0, 16, 1, 98, 0xC0, 12, 0, 1, 0, 1],
                problem: "a name refers to itself, or to what comes later (byte 14)"),
            Bad(
                bytes: header() + [0x40, 97, 0, 0, 1, 0, 1], problem: "a label is of a kind that nobody knows (byte 12)"
            ),
            Bad(bytes: header() + [9, 97], problem: "it ends in the middle of a name (byte 14)"),
            Bad(bytes: header() + www + [0, 1, 0, 1, 0], problem: "there is more behind its end (byte 23)"),
            Bad(bytes: header(questions: 5), problem: "it has 5 questions (byte 4)"),
            Bad(bytes: header(questions: 0, answers: 129), problem: "it has 129 records in a section (byte 6)"),
            Bad(
                bytes: header(questions: 0, answers: 1) + www + [0, 1, 0, 1, 0, 0, 0, 0, 0, 3, 1, 2, 3],
                problem: "an address is not as long as addresses are (byte 29)"),
            Bad(
                bytes: header(questions: 0, answers: 1) + www + [0, 5, 0, 1, 0, 0, 0, 0, 0, 1, 1, 97, 0],
                problem: "a record is not as long as it says (byte 29)"),
            Bad(
                bytes: header() + [UInt8](repeating: 63, count: 1 + 63 * 4 + 3) + [0, 0, 1, 0, 1],
                problem: "a name is too long (byte 12)"),
        ])
    func refusals(_ bad: Bad) {
        let problem = #expect(throws: DNSProblem.self) { try DNSMessage(bad.bytes) }
        #expect(problem?.description == bad.problem)
    }

    @Test("a name has labels of 1 to 63 bytes, and 253 letters in all")
    func names() throws {
        let label = String(repeating: "a", count: 63)
        let longest = [label, label, label, String(repeating: "b", count: 61)].joined(separator: ".")
        #expect(try DNSName(longest).description.utf8.count == 253)
        #expect(try DNSName("Shop.Default.") == DNSName("shop.default"))
        #expect(try DNSName("_http._tcp.s").labels.count == 3)
        for text in ["", ".", "a..b", ".a", label + "a", longest + "c", "a b", "ä.x", "a\0", "*.x"] {
            #expect(throws: DNSProblem.self, "\(text)") { try DNSName(text) }
        }
        #expect(DNSName(labels: [[0, 46, 92, 97]])?.description == "\\000\\046\\092a")
        #expect(DNSName(labels: [])?.description == ".")
    }
}
