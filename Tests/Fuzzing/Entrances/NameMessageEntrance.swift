import Contract
import Quantities
import ServiceLab

/// Messages of DNS, as clients and name servers send them.
struct NameMessageEntrance: Entrance {
    let name = "dns"
    let words = [
        "\u{3}www\u{7}example\u{3}org\0", "\u{4}shop\u{7}default\u{3}svc\u{7}cluster\u{5}local\0", "\0\u{1}\0\u{1}",
        "\0\u{1C}\0\u{1}", "\0!\0\u{1}", "\0\u{5}\0\u{1}", "\0\u{4}\u{a}\0\0\u{1}", "\0)\u{4}P",
    ]

    private static let table = NameTable([
        StandIn.Name("shop.default.svc.cluster.local", addresses: [.init(10, 96, 0, 10)], port: 80)
    ])

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let response = Self.table.response(to: input)
        if let response {
            try Violation.unless(response.count <= 1_232, "a response fits into a datagram")
            try Violation.unless((try? DNSMessage(response))?.isResponse == true, "what a server sends is a response")
            try Violation.unless(Self.table.response(to: response) == nil, "a response is not answered")
        }
        let message: DNSMessage
        do {
            message = try DNSMessage(input)
        } catch {
            try Violation.unlessWorded(error.description)
            return .refused(error.description)
        }
        try Violation.unless(message.found.count <= message.answers.count, "what is found is among the answers")
        let bytes = message.bytes
        // Names that refer to others grow when they are written whole.
        guard bytes.count <= 65_535 else { return .accepted("large") }
        let again = try? DNSMessage(bytes)
        try Violation.unless(again == message, "a message that is written reads back as the same", "\(message)")
        let counts = [message.questions.count, message.answers.count, message.authorities.count]
        return .accepted("\(message.isResponse) \(message.code.rawValue) \(counts.map { min($0, 2) })")
    }
}
