/// Lets several tasks wait for each other: nobody passes before all have come, or have left for good.
actor Rendezvous {
    private var members: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// For so many tasks, each of which comes again and again until it leaves.
    init(of members: Int) {
        self.members = members
    }

    /// Comes, and goes on when all have come.
    func meet() async {
        guard waiting.count + 1 < members else {
            pass()
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    /// Leaves for good: the others do not wait any longer.
    func leave() {
        members -= 1
        if waiting.count >= members { pass() }
    }

    private func pass() {
        let all = waiting
        waiting = []
        for continuation in all { continuation.resume() }
    }
}
