import Contract
import Statistics

/// The attempts of one check: when each was made, and when its answer came.
struct AttemptTally {
    private(set) var sentAt: [UInt64] = []
    private var answeredAfter: [Int: UInt64] = [:]
    private(set) var strays = 0
    /// What was said about attempts, the last word each.
    private var errors: [(outcome: ReachOutcome, reason: String)] = []

    var sent: Int { sentAt.count }
    var answered: Int { answeredAfter.count }

    mutating func send(at time: UInt64) { sentAt.append(time) }

    /// Takes an answer in; one that comes twice, late, or to nothing is a stray.
    mutating func answer(_ attempt: UInt64, at time: UInt64, timeout: UInt64) {
        guard attempt < UInt64(sentAt.count), answeredAfter[Int(attempt)] == nil, time >= sentAt[Int(attempt)],
            time - sentAt[Int(attempt)] <= timeout
        else {
            strays += 1
            return
        }
        answeredAfter[Int(attempt)] = time - sentAt[Int(attempt)]
    }

    /// Takes the answer to the last attempt back: what it began was broken off.
    mutating func takeBack() { answeredAfter[sent - 1] = nil }

    mutating func stray() { strays += 1 }

    mutating func error(_ outcome: ReachOutcome, _ reason: String) { errors.append((outcome, reason)) }

    /// Whether an attempt has had its answer, or a word that there will be none.
    var isSettled: Bool { answered + errors.count >= sent }

    var hasErrors: Bool { !errors.isEmpty }

    /// The result: an answer counts for more than errors, and a word for more than silence.
    func result(id: Int, mtu: Int? = nil) -> ReachResult {
        let times = answeredAfter.sorted { $0.key < $1.key }.map(\.value)
        var outcome = ReachOutcome.timedOut
        var reason = ""
        if !times.isEmpty {
            outcome = .reached
            if let last = errors.last { reason = "\(errors.count) attempts: \(last.reason)" }
        } else if let word = errors.last(where: { $0.outcome != .couldNotTest }) ?? errors.last {
            (outcome, reason) = word
        } else if strays > 0 {
            reason = "\(strays) messages came that were no answer"
        }
        return ReachResult(
            id: id, outcome: outcome, sent: sent, times: times, strays: strays, reason: reason, mtu: mtu,
            histogram: Self.histogram(times))
    }

    /// Of few times the times themselves say more.
    private static func histogram(_ times: [UInt64]) -> String? {
        guard times.count >= 20 else { return nil }
        var histogram = LatencyHistogram()
        for time in times { histogram.record(nanoseconds: time) }
        return histogram.json()
    }
}
