import Contract

extension StoppingRule.Ending {
    /// Why a group of variants ended after so many blocks, as its event says it.
    func words(afterBlock block: Int) -> String {
        switch self {
        case .precise(let widest):
            "precise enough after \(block) repetitions, widest half-width \(percent(widest))"
        case .maximum(.some(let widest)):
            "maximum of \(block) repetitions reached, widest half-width \(percent(widest))"
        case .maximum(nil):
            "maximum of \(block) repetitions reached, an interval is still unknown"
        case .time(let limit):
            "another would not end within \(limit), after \(block) repetitions"
        }
    }
}

extension SettleGate.Finding {
    /// What the machine was busy with, as the event of a trial says it.
    var words: String {
        "background \(percent(background)) and stolen \(percent(stolen)) of all processors"
    }
}

private func percent(_ ratio: Double) -> String { "\((ratio * 1000).rounded() / 10) %" }
