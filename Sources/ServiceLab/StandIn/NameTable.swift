public import Contract
import Quantities

/// What the stand-in of a name server knows, and how it answers; pure.
///
/// Of a name that is there, a type that is not gives an empty answer; a name that is not there gives `noSuchName`.
public struct NameTable: Sendable {
    private let names: [DNSName: StandIn.Name]

    /// The largest response that is sent as a datagram, whatever a client takes.
    static let largest = 1_232
    /// The largest that clients take that do not say what they take (RFC 1035, 2.3.4).
    static let usual = 512

    /// A table of these names; those that are none are left out, which a plan's validation has refused already.
    public init(_ names: [StandIn.Name]) {
        var table: [DNSName: StandIn.Name] = [:]
        for entry in names {
            guard let name = try? DNSName(entry.name) else { continue }
            table[name] = entry
        }
        self.names = table
    }

    /// The response to a datagram; nil to what is no query.
    public func response(to bytes: [UInt8]) -> [UInt8]? {
        let query: DNSMessage
        do {
            query = try DNSMessage(bytes)
        } catch {
            // Whatever is no query gets none, so that two servers never answer each other for ever.
            guard bytes.count >= 12, bytes[2] & 0x80 == 0 else { return nil }
            var refusal = DNSMessage(
                id: UInt16(bytes[0]) << 8 | UInt16(bytes[1]), isResponse: true, questions: [])
            refusal.code = .badQuestion
            return refusal.bytes
        }
        guard !query.isResponse else { return nil }
        var response = answer(to: query)
        let takes = query.additionals.first { $0.type == .options }.map { Int($0.classNumber) } ?? Self.usual
        if response.bytes.count > min(max(takes, Self.usual), Self.largest) {
            (response.answers, response.additionals, response.isTruncated) = ([], [], true)
        }
        return response.bytes
    }

    private func answer(to query: DNSMessage) -> DNSMessage {
        var response = DNSMessage(id: query.id, isResponse: true, questions: query.questions)
        response.operation = query.operation
        response.wantsRecursion = query.wantsRecursion
        response.isAuthoritative = true
        guard query.operation == 0 else {
            response.code = .notImplemented
            return response
        }
        guard let question = query.questions.first, query.questions.count == 1 else {
            response.code = .badQuestion
            return response
        }
        guard question.classNumber == DNSMessage.internet else {
            response.code = .refused
            return response
        }
        guard let entry = names[question.name] else {
            response.code = .noSuchName
            return response
        }
        let addresses = entry.addresses.map { DNSRecord(question.name, .address($0)) }
        if question.type == .srv, let port = entry.port {
            response.answers = [
                DNSRecord(
                    question.name, .service(priority: 0, weight: 100, port: port, target: question.name))
            ]
            response.additionals = addresses
        } else {
            response.answers = addresses.filter { $0.type == question.type }
        }
        return response
    }
}
