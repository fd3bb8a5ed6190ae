/// Lets only so many tasks at once do what is hard on a machine, such as starting agents.
actor Turnstile {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// For so many at once.
    init(width: Int) {
        free = width
    }

    /// Waits for a turn; it has to be given back.
    func turn() async -> Turn {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
        return Turn(turnstile: self)
    }

    fileprivate func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }

    /// A turn, which can be given back any number of times and counts once.
    actor Turn {
        private var turnstile: Turnstile?

        fileprivate init(turnstile: Turnstile) {
            self.turnstile = turnstile
        }

        /// Lets the next one in.
        func giveBack() async {
            let turnstile = turnstile
            self.turnstile = nil
            await turnstile?.giveBack()
        }
    }
}
