import Contract
import Experiments
import Testbed

/// What a testbed said to everything that an experiment needs, each asked once.
struct NeedAnswers: Sendable {
    private let answers: [Requirement: NeedAnswer]

    init(of requirements: Set<Requirement>, on testbed: any Testbed) async {
        var known: [Need: NeedAnswer] = [:]
        var answers: [Requirement: NeedAnswer] = [:]
        for requirement in requirements {
            let answer =
                if let answer = known[requirement.need] { answer } else {
                    await testbed.answer(to: requirement.need)
                }
            known[requirement.need] = answer
            answers[requirement] = answer
        }
        self.answers = answers
    }

    /// What is missing that every measurement of the experiment needs.
    var essential: [Shortcoming] {
        answers.compactMap { requirement, answer in
            guard requirement.isEssential, case .missing(let shortcoming) = answer else { return nil }
            return shortcoming
        }.sorted { $0.description < $1.description }
    }

    /// Why needs are not met, for the trials that are skipped; `lacking` has the words for what the kernel has not.
    func unmet(_ lacking: [KernelFeature: String]) -> [Need: String] {
        var unmet: [Need: String] = [:]
        for (requirement, answer) in answers {
            switch answer {
            case .here: break
            case .missing(let shortcoming): unmet[requirement.need] = shortcoming.description
            case .kernelLacks(let features):
                unmet[requirement.need] = features.map { lacking[$0.key] ?? $0.value }.sorted().joined(separator: "; ")
            }
        }
        return unmet
    }
}
