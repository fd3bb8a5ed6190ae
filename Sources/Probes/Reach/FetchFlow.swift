import Contract
import Glibc
import HTTP
import LinuxHost
import Quantities
import Synchronization

/// Requests by HTTP, one after the other, each on a thread of its own: libcurl waits by itself.
final class FetchFlow: ReachFlow {
    let id: Int
    private let probe: ReachProbe
    private let request: HTTPRequest
    private let status: Int
    private let lookup: UInt64
    private var tally = AttemptTally()
    private var phases: [HTTPAnswer] = []
    private var nextAt: UInt64 = 0
    private var attempt: Attempt?
    let waitsToSend = false

    /// `lookup` is how long the name of the target took to be found; nil where it has none.
    init(_ check: ReachProbe.Check, _ probe: ReachProbe, lookup: UInt64?) {
        id = check.id
        self.probe = probe
        self.lookup = lookup ?? 0
        let asked = check.request ?? ReachProbe.Request()
        status = asked.status
        let port = check.port ?? 80
        let address = check.address.family == .ipv6 ? "[\(check.address)]" : "\(check.address)"
        request = HTTPRequest(
            "\(check.method.rawValue)://\(asked.host ?? address):\(port)\(asked.path)",
            resolved: asked.host.map { "\($0):\(port):\(address)" },
            trusted: asked.trusted, timeoutMilliseconds: Int((probe.timeoutNanoseconds + 999_999) / 1_000_000))
    }

    var descriptor: Int32 { attempt?.reader ?? -1 }
    // What is under way ends by itself.
    var wakesAt: UInt64 { attempt == nil ? nextAt : .max }

    func proceed(now: UInt64, isReady: Bool) -> ReachResult? {
        if let attempt {
            guard isReady, let answer = attempt.answer.withLock(\.self) else { return nil }
            take(answer, of: attempt)
            self.attempt = nil
        } else if now >= nextAt {
            begin(now)
        }
        return attempt == nil && tally.sent >= probe.count ? result() : nil
    }

    func cutShort(_ reason: String, isDeadline: Bool) -> ReachResult {
        result().cutShort(reason)
    }

    private func begin(_ now: UInt64) {
        tally.send(at: now)
        nextAt = now + probe.intervalNanoseconds
        let request = request
        do throws(HostError) {
            let attempt = try Attempt()
            try PlainThread.start {
                do throws(HTTPError) {
                    attempt.end(.success(try request.perform()))
                } catch {
                    attempt.end(.failure(error))
                }
            }
            self.attempt = attempt
        } catch {
            tally.error(.couldNotTest, error.description)
        }
    }

    private func take(_ answer: Result<HTTPAnswer, HTTPError>, of attempt: Attempt) {
        switch answer {
        case .success(let answer) where answer.status == status:
            phases.append(answer)
            let sent = tally.sentAt.last ?? 0
            tally.answer(UInt64(tally.sent - 1), at: sent + answer.total, timeout: .max)
        case .success(let answer):
            phases.append(answer)
            tally.error(.otherStatus, "the status is \(answer.status), and \(status) was expected")
        case .failure(let error):
            let (outcome, reason) = FetchWords.outcome(of: error)
            tally.error(outcome, reason)
        }
    }

    private func result() -> ReachResult {
        var result = tally.result(id: id)
        guard !phases.isEmpty else { return result }
        result.phases = ReachResult.Phases(
            lookup: lookup + Self.median(phases.map(\.lookup)), connect: Self.median(phases.map(\.connect)),
            tls: Self.median(phases.compactMap(\.tls)), firstByte: Self.median(phases.map(\.firstByte)),
            total: lookup + Self.median(phases.map(\.total)))
        return result
    }

    private static func median(_ times: [UInt64]) -> UInt64 {
        times.isEmpty ? 0 : times.sorted()[(times.count - 1) / 2]
    }

    /// What a thread and the flow share: the answer, and a pair of sockets that says that it is there.
    private final class Attempt: Sendable {
        let answer = Mutex<Result<HTTPAnswer, HTTPError>?>(nil)
        let reader: Int32
        private let writer: Int32

        init() throws(HostError) {
            var ends: [Int32] = [-1, -1]
            guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
                throw HostError(
                    operation: "make", object: "a pair of sockets", errno: errno, hint: "Raise the limit of open files")
            }
            (reader, writer) = (ends[0], ends[1])
        }

        deinit {
            close(reader)
            close(writer)
        }

        func end(_ result: Result<HTTPAnswer, HTTPError>) {
            answer.withLock { $0 = result }
            var byte: UInt8 = 0
            _ = write(writer, &byte, 1)
        }
    }
}
