public import Contract

/// A finding with the trial that made it.
public struct PlacedFinding: Sendable, Equatable, Encodable {
    /// The levels of the trial's factors.
    public let factors: [String: String]
    /// The trial's block.
    public let block: Int
    /// What was found.
    public let finding: Finding
    /// The trial's identifier.
    let trialID: String

    /// Reads every finding of a run, in recorded order.
    static func all(in run: RunData) -> [PlacedFinding] {
        let trials = Dictionary(run.trials.map { ($0.id, $0) }) { first, _ in first }
        return run.events.compactMap { event in
            guard let finding = Finding(event), let trial = event.trialID.flatMap({ trials[$0] }) else { return nil }
            return PlacedFinding(factors: trial.factors, block: trial.block, finding: finding, trialID: trial.id)
        }
    }

    private enum CodingKeys: String, CodingKey {
        case factors, block, finding
    }
}

extension Finding {
    /// Reads an event; nil for another event, and for a detail that is no finding.
    init?(_ event: RunData.Event) {
        guard event.name == Self.name, let finding = try? Finding(json: event.detail), !finding.check.isEmpty else {
            return nil
        }
        self = finding
    }
}
