import Contract
import LinuxHost
import Quantities

/// A check of a target that is known by its name: the name is asked for first, and what it says is then checked.
final class NamedFlow: ReachFlow {
    let id: Int
    private let lookup: NameFlow
    private let start: (IPAddress, UInt64) -> any ReachFlow
    private var target: (any ReachFlow)?

    /// `start` makes the check of the address, and is told how many nanoseconds the name took.
    init(
        _ check: ReachProbe.Check, _ question: ReachProbe.Question, _ probe: ReachProbe, secret: UInt64,
        _ start: @escaping (IPAddress, UInt64) -> any ReachFlow
    ) {
        id = check.id
        self.start = start
        var once = probe
        // One answer is enough, and a question that is lost is asked again.
        (once.count, once.intervalNanoseconds) = (Self.questions, probe.timeoutNanoseconds / UInt64(Self.questions))
        lookup = NameFlow(
            id: check.id, question, at: check.address, ReachProbe.namePort, once, secret: secret, isDoneAtFirst: true)
    }

    private static let questions = 2

    private var current: any ReachFlow { target ?? lookup }
    var descriptor: Int32 { current.descriptor }
    var waitsToSend: Bool { current.waitsToSend }
    var wakesAt: UInt64 { current.wakesAt }

    func proceed(now: UInt64, isReady: Bool) -> ReachResult? {
        if let target { return target.proceed(now: now, isReady: isReady) }
        guard let result = lookup.proceed(now: now, isReady: isReady) else { return nil }
        guard result.outcome == .reached, let address = lookup.address else { return Self.unresolved(result) }
        let target = start(address, result.times.first ?? 0)
        self.target = target
        return target.proceed(now: Clock.monotonicNanoseconds(), isReady: false)
    }

    func cutShort(_ reason: String, isDeadline: Bool) -> ReachResult {
        current.cutShort(reason, isDeadline: isDeadline)
    }

    /// Nothing was sent to the target itself: an answer that did not come says nothing about it.
    private static func unresolved(_ result: ReachResult) -> ReachResult {
        let outcome: ReachOutcome = result.outcome == .nameNotFound ? .nameNotFound : .couldNotTest
        let words = result.reason.isEmpty ? "the name server: \(result.outcome.words)" : "the name: \(result.reason)"
        return ReachResult(id: result.id, outcome: outcome, reason: words)
    }
}
