import Contract
import Experiments
import Testbed

/// Holds what stands in at places of a testbed while a body runs: all of it at once, each proven before the body begins.
struct StandInHold: Sendable {
    let testbed: any Testbed
    let seed: UInt64
    /// Is told at once of what ends while it should stand.
    var health = StandInHealth()

    /// As long as a plan may say; the end of the run ends them before.
    private static let deadlineSeconds = 86_400.0
    /// Agents that are started at once; each is a process, and processors are few.
    private static let startedAtOnce = 8

    /// Runs the body; what does not come to stand, or does not end as it should, fails the run with its reason.
    ///
    /// What ends while it should stand ends nothing: the body is to look at ``health``.
    func hold(_ placed: [PlacedCondition], _ body: @escaping @Sendable () async throws -> Void) async throws {
        guard !placed.isEmpty else {
            try await body()
            return
        }
        let gates = Gates()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            var waiting = placed[...]
            var standing = 0
            func start() {
                guard let next = waiting.popFirst() else { return }
                group.addTask {
                    try await stand(next, gates)
                    return false
                }
            }
            for _ in 0..<Self.startedAtOnce { start() }
            do {
                while standing < placed.count {
                    if let error = await gates.nextReady() { throw error }
                    standing += 1
                    start()
                }
                group.addTask {
                    try await body()
                    return true
                }
                // What stands in ends with the gate, also where it was lost before; only what cannot be ended throws.
                while let isBody = try await group.next(), !isBody {}
                await gates.open()
                try await group.waitForAll()
            } catch {
                group.cancelAll()
                await gates.open()
                throw error
            }
        }
    }

    private func stand(_ placed: PlacedCondition, _ gates: Gates) async throws {
        let plan = ProbePlan(probe: placed.condition, deadlineSeconds: Self.deadlineSeconds, seed: seed)
        do throws(TestbedError) {
            let failure = try await testbed.withProbe(plan, at: placed.place) {
                session throws(TestbedError) -> TrialFailure? in
                var report = ProbeReport()
                guard try await report.readUntilReady(session) != nil else { return report.failure(at: placed.place) }
                await gates.ready(nil)
                return try await watch(session, report, placed, gates)
            }
            if let failure { throw Self.error(placed, failure.reason) }
        } catch {
            await gates.ready(error)
            throw RunError.setUpFailed(error)
        }
    }

    /// Reads what it says until it ends: when the gate opens, or before, which is a loss and is said at once.
    private func watch(
        _ session: any ProbeSession, _ report: ProbeReport, _ placed: PlacedCondition, _ gates: Gates
    ) async throws(TestbedError) -> TrialFailure? {
        async let ending: Void = stop(session, gates)
        let outcome = await end(of: session, report, placed)
        if await !gates.isOpen {
            let reason =
                switch outcome {
                case .success(let failure): failure?.reason ?? "it ended by itself"
                case .failure(let error): "\(error)"
                }
            health.lose("could not test: what stands in with \(placed.words) was lost: \(reason)")
            // It is said already, and the trials say it.
            await ending
            return nil
        }
        await ending
        return try outcome.get()
    }

    private func stop(_ session: any ProbeSession, _ gates: Gates) async {
        await gates.untilOpen()
        await session.stop()
    }

    private func end(
        of session: any ProbeSession, _ report: ProbeReport, _ placed: PlacedCondition
    ) async -> Result<TrialFailure?, TestbedError> {
        var report = report
        do throws(TestbedError) {
            try await report.readToEnd(session)
            return .success(report.isComplete ? nil : report.failure(at: placed.place))
        } catch {
            return .failure(error)
        }
    }

    private static func error(_ placed: PlacedCondition, _ cause: String) -> TestbedError {
        TestbedError(operation: "stand in with", object: placed.words, cause: cause)
    }
}

/// Tells who waits that stand-ins stand, and tells stand-ins that they may go.
private actor Gates {
    private var news: [TestbedError?] = []
    private var reader: CheckedContinuation<Void, Never>?
    private(set) var isOpen = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func ready(_ error: TestbedError?) {
        news.append(error)
        reader?.resume()
        reader = nil
    }

    /// The next that came to stand, with its error when it did not.
    func nextReady() async -> TestbedError? {
        while news.isEmpty {
            await withCheckedContinuation { reader = $0 }
        }
        return news.removeFirst()
    }

    func untilOpen() async {
        guard !isOpen else { return }
        await withCheckedContinuation { waiting.append($0) }
    }

    func open() {
        isOpen = true
        for continuation in waiting { continuation.resume() }
        waiting = []
    }
}
