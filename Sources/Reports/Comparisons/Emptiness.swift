import Contract
import Results

/// Why a comparison of two runs compared nothing: it must not pass for one that found nothing.
public enum Emptiness: Sendable, Equatable {
    /// Both names are one run.
    case sameRun(String)
    /// The candidate holds the base's own trials under another id.
    case copiedTrials
    /// One or both of the runs have no completed trial.
    case nothingMeasured(base: Bool, candidate: Bool)
    /// Both measured, but no judged metric of the same variant.
    case nothingInCommon

    init?(base: RunData, candidate: RunData, _ questions: RunQuestions) {
        let measured = [base, candidate].map { $0.trials.contains { $0.outcome == .completed } }
        if base.id == candidate.id {
            self = .sameRun(base.id)
        } else if !Set(base.trials.map(\.id)).isDisjoint(with: candidate.trials.map(\.id)) {
            self = .copiedTrials
        } else if !measured[0] || !measured[1] {
            self = .nothingMeasured(base: !measured[0], candidate: !measured[1])
        } else if questions.pairs.isEmpty {
            self = .nothingInCommon
        } else {
            return nil
        }
    }

    /// In words for people: what is wrong, and what to do.
    public var description: String {
        switch self {
        case .sameRun(let id):
            "base and candidate are the same run \(id), so that nothing was compared: name the run that came before, or "
                + "measure again"
        case .copiedTrials:
            "base and candidate hold the same trials, so that nothing was compared: one is a copy of the other; measure "
                + "again"
        case .nothingMeasured(let base, let candidate):
            "\(base && candidate ? "neither run has a" : base ? "the base has no" : "the candidate has no") completed "
                + "trial, so that nothing was compared: look at the failures"
        case .nothingInCommon:
            "the runs have no judged metric of the same variant in common, so that nothing was compared"
        }
    }
}
