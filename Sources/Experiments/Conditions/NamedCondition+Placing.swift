import Contract
import Resources
import Testbed

extension NamedCondition {
    /// The factor whose levels conditions are.
    static let factor = "condition"

    /// What it is, for people: `10ms delay on egress of eth0 at the client, load of 1 processor`.
    var words: String {
        let place = end == .both ? "both ends" : "the \(end.rawValue)"
        let parts =
            linkConditions.map { "\($0.words) at \(place)" }
            + (processors.map { [ProcessorLoad(processors: $0).words] } ?? [])
        let words = parts.joined(separator: ", ")
        return words.isEmpty ? "nothing is changed" : words
    }

    /// What is changed where, for a test between two places; links need both.
    ///
    /// A load runs wherever there is a processor: in the client's network, or in one of its own.
    func placed(client: Place?, server: Place?) -> [PlacedCondition] {
        var placed: [PlacedCondition] = []
        if let client, let server {
            for condition in linkConditions {
                if end != .server { placed.append(PlacedCondition(condition, at: client, toward: server)) }
                if end != .client { placed.append(PlacedCondition(condition, at: server, toward: client)) }
            }
        }
        if let processors {
            placed.append(PlacedCondition(ProcessorLoad(processors: processors), at: client ?? .scratch))
        }
        return placed
    }
}
