import Contract
import Quantities

/// What a name server's answer says about a name.
enum NameWords {
    /// The outcome that an answer without records stands for, and its words.
    static func outcome(of message: DNSMessage) -> (outcome: ReachOutcome, reason: String) {
        switch message.code {
        case .noSuchName: (.nameNotFound, "there is no such name (NXDOMAIN)")
        case .done where message.isTruncated: (.couldNotTest, "the answer did not fit into a datagram (TC)")
        case .done: (.nameNotFound, "the name has no record of this type (NODATA)")
        case .failed: (.serverFailed, "the server could not find out (SERVFAIL)")
        case .refused: (.serverFailed, "the server does not want to answer (REFUSED)")
        default: (.serverFailed, "the server answered with code \(message.code.rawValue)")
        }
    }

    /// What was found: `10.96.0.10`, or `shop.default.svc.cluster.local:80`.
    static func of(_ records: [DNSRecord]) -> String {
        let words = records.prefix(8).map { record in
            switch record.value {
            case .address(let address): address.description
            case .alias(let name): name.description
            case .service(_, _, let port, let target): "\(target):\(port)"
            case .other(let type, let data): "\(data.count) bytes of type \(type.rawValue)"
            }
        }
        return words.joined(separator: ", ") + (records.count > 8 ? " and \(records.count - 8) more" : "")
    }
}
