import Coordinator
import Quantities
import Synchronization

/// Tells on standard error how a run is going: one line that is written over on a terminal, plain lines elsewhere.
final class ProgressLine: RunObserver {
    private let hasOpenLine = Mutex(false)

    func observe(_ event: RunEvent) {
        switch event {
        case .settingUp(let networks, let pods):
            write("setting up \(networks.joined(separator: ", ")): \(pods) pods")
        case .trialStarted(let number, let count, let variant, let block, let timeLeft):
            let left = timeLeft.map { "about \(DurationText.words($0)) left" } ?? "until the others are through"
            write("trial \(number) of \(count) · \(variant) · block \(block) · \(left)", isTransient: true)
        case .trialFailed(let variant, let outcome, let reason):
            write("\(outcome): \(variant): \(reason)")
        case .remark(let words): write(words)
        case .tearingDown: write("removing everything", isTransient: true)
        }
    }

    /// Ends a line that is still open.
    func end() {
        hasOpenLine.withLock { isOpen in
            if isOpen { StandardError.print("") }
            isOpen = false
        }
    }

    private func write(_ words: String, isTransient: Bool = false) {
        let text = VisibleText.line(words)
        guard StandardError.isTerminal else {
            StandardError.print(text)
            return
        }
        hasOpenLine.withLock { isOpen in
            let clear = isOpen ? StandardError.clearedLine : ""
            StandardError.print(text, over: clear, terminator: isTransient ? "" : "\n")
            isOpen = isTransient
        }
    }
}
