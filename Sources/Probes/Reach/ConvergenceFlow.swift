import Contract
import LinuxHost

/// One check again and again, until as many attempts in a row as there are to be have come out as expected.
final class ConvergenceFlow: ReachFlow {
    let id: Int
    private let expected: Set<ReachOutcome>
    private let probe: ReachProbe
    private let start: () -> any ReachFlow
    private var current: (any ReachFlow)?
    private var began: UInt64?
    private var nextAt: UInt64 = 0
    private var attemptAt: UInt64 = 0
    /// When the first of the attempts in a row that were as expected began.
    private var since: UInt64?
    private var row: [ReachResult] = []
    /// The last attempt that has ended.
    private var last: ReachResult?
    private var sent = 0
    private var strays = 0

    /// `start` begins one attempt.
    init(_ id: Int, _ expected: [ReachOutcome], _ probe: ReachProbe, _ start: @escaping () -> any ReachFlow) {
        self.id = id
        self.expected = Set(expected)
        self.probe = probe
        self.start = start
    }

    var descriptor: Int32 { current?.descriptor ?? -1 }
    var waitsToSend: Bool { current?.waitsToSend ?? false }
    var wakesAt: UInt64 { current?.wakesAt ?? nextAt }

    func proceed(now: UInt64, isReady: Bool) -> ReachResult? {
        let began = self.began ?? now
        self.began = began
        if current == nil {
            guard now >= nextAt else { return nil }
            current = start()
            attemptAt = now
            nextAt = now + probe.intervalNanoseconds
        }
        guard let result = current?.proceed(now: now, isReady: isReady) else { return nil }
        current = nil
        take(result)
        guard row.count >= probe.count, let since else { return nil }
        return self.result(row.last ?? result, convergedAfter: since - began, watched: since - began)
    }

    func cutShort(_ reason: String, isDeadline: Bool) -> ReachResult {
        let time = Clock.monotonicNanoseconds()
        guard isDeadline, let last else {
            return ReachResult(id: id, outcome: .couldNotTest, sent: sent, reason: reason)
        }
        return result(last, convergedAfter: nil, watched: time - (began ?? time))
    }

    private func take(_ result: ReachResult) {
        last = result
        sent += result.sent
        strays += result.strays
        guard expected.contains(result.outcome) else {
            (since, row) = (nil, [])
            return
        }
        if row.isEmpty { since = attemptAt }
        row.append(result)
    }

    private func result(_ attempt: ReachResult, convergedAfter: UInt64?, watched: UInt64) -> ReachResult {
        var result = attempt
        result.strays = strays
        result.times = row.flatMap(\.times)
        // Of those before it nothing is asked: what is missing of the row is lost, and nothing else.
        result.sent = convergedAfter == nil ? sent : row.reduce(0) { $0 + $1.sent }
        (result.convergedAfter, result.watched) = (convergedAfter, watched)
        return result
    }
}
