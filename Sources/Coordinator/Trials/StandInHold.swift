import Contract
import Experiments
import Testbed

/// Holds what stands in at places of a testbed while a body runs: all of it at once, each proven before the body begins.
struct StandInHold: Sendable {
    let testbed: any Testbed
    let seed: UInt64

    /// As long as a plan may say; the end of the run ends them before.
    private static let deadlineSeconds = 86_400.0
    /// Agents that are started at once; each is a process, and processors are few.
    private static let startedAtOnce = 8

    /// Runs the body; what does not come to stand, or ends while it should, fails the run with its reason.
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
                // The first to end is the body; a stand-in that ends before it has failed.
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
                await gates.untilOpen()
                await session.stop()
                try await report.readToEnd(session)
                return report.isComplete ? nil : report.failure(at: placed.place)
            }
            if let failure { throw Self.error(placed, failure.reason) }
        } catch {
            await gates.ready(error)
            throw RunError.setUpFailed(error)
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
    private var isOpen = false
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
