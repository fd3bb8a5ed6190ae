import Contract
import Resources
import Testbed

extension NamedCondition {
    /// The factor whose levels conditions are.
    static let factor = "condition"

    /// What it is, for people: `10ms delay on egress of eth0 at the client, load of 1 processor`.
    var words: String {
        let parts = [
            shaping.map { "\($0.words) at \(end == .both ? "both ends" : "the \(end.rawValue)")" },
            processors.map { ProcessorLoad(processors: $0).words },
        ]
        let words = parts.compactMap(\.self).joined(separator: ", ")
        return words.isEmpty ? "nothing is changed" : words
    }

    /// What is changed where, for a test between two places; links need both.
    ///
    /// A load runs wherever there is a processor: in the client's network, or in one of its own.
    func placed(client: Place?, server: Place?) -> [PlacedCondition] {
        var placed: [PlacedCondition] = []
        if let shaping, let client, let server {
            let atClient = PlacedCondition(shaping, at: client, toward: server)
            let atServer = PlacedCondition(shaping, at: server, toward: client)
            switch end {
            case .client: placed = [atClient]
            case .server: placed = [atServer]
            case .both: placed = [atClient, atServer]
            }
        }
        if let processors {
            placed.append(PlacedCondition(ProcessorLoad(processors: processors), at: client ?? .scratch))
        }
        return placed
    }
}
