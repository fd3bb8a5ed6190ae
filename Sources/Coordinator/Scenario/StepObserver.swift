/// Tells of a step as its run goes, with the step's name in front.
struct StepObserver: RunObserver {
    let step: String
    let observer: any RunObserver
    /// Whether it goes on until others are through.
    let isEndless: Bool

    func observe(_ event: RunEvent) {
        switch event {
        case .trialStarted(let number, let all, let variant, let block, let timeLeft):
            observer.observe(
                .trialStarted(
                    number: number, of: all, variant: "\(step): \(variant)", block: block,
                    timeLeft: isEndless ? nil : timeLeft))
        case .trialFailed(let variant, let outcome, let reason):
            observer.observe(.trialFailed(variant: "\(step): \(variant)", outcome: outcome, reason: reason))
        case .remark(let words): observer.observe(.remark("\(step): \(words)"))
        case .settingUp, .tearingDown: observer.observe(event)
        }
    }
}
