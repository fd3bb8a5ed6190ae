import Contract
import Experiments
import Quantities
import Resources

/// How long the rest of a run will take, from what trials took so far.
struct TimeEstimate: Sendable {
    private let expected: [Variant: Duration]
    private var measured: [Variant: (total: Duration, count: Int)] = [:]

    init(_ experiment: any Experiment) {
        let gate = experiment.settle.window.duration + .milliseconds(5)
        expected = Dictionary(
            experiment.variants.map { ($0, experiment.expectedDuration(of: $0) + gate) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Takes a finished trial in, with the gate before it.
    mutating func record(_ duration: Duration, of variant: Variant) {
        let before = measured[variant] ?? (.zero, 0)
        measured[variant] = (before.total + duration, before.count + 1)
    }

    /// The time of one trial.
    func duration(of variant: Variant) -> Duration {
        if let measured = measured[variant] { return measured.total / measured.count }
        return expected[variant] ?? .zero
    }

    /// The rest of the current block, and whole blocks after it.
    func remaining(inBlock rest: some Sequence<Variant>, blocksAfter: Int, open: [Variant]) -> Duration {
        let inBlock = rest.reduce(Duration.zero) { $0 + duration(of: $1) }
        guard blocksAfter > 0 else { return inBlock }
        return inBlock + open.reduce(Duration.zero) { $0 + duration(of: $1) } * blocksAfter
    }
}
