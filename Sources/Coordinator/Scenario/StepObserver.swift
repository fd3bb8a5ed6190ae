/// Tells of a step as its run goes: with the step's name in front, and to those that wait for it to hold.
struct StepObserver: RunObserver {
    let step: String
    let observer: any RunObserver
    let board: StepBoard

    func observe(_ event: RunEvent) {
        switch event {
        case .trialStarted(let number, let all, let variant, let block, let timeLeft):
            board.hold(step)
            observer.observe(
                .trialStarted(
                    number: number, of: all, variant: "\(step): \(variant)", block: block, timeLeft: timeLeft))
        case .trialFailed(let variant, let outcome, let reason):
            observer.observe(.trialFailed(variant: "\(step): \(variant)", outcome: outcome, reason: reason))
        case .remark(let words): observer.observe(.remark("\(step): \(words)"))
        case .settingUp, .tearingDown: observer.observe(event)
        }
    }
}
