import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Connections, one after the other; each is kept for a moment, so that a peer that breaks it off at once is found out.
final class ConnectFlow: ReachFlow {
    let id: Int
    private let probe: ReachProbe
    private let check: ReachProbe.Check
    private var tally = AttemptTally()
    private var nextAt: UInt64 = 0
    /// Until when an established connection is watched.
    private var watchedUntil: UInt64?
    private(set) var descriptor: Int32 = -1

    /// A peer that resets at once does so within a round trip of the end of the handshake, and when it gets a processor.
    private static let shortestWatch: UInt64 = 3_000_000

    init(_ check: ReachProbe.Check, _ probe: ReachProbe) {
        id = check.id
        self.check = check
        self.probe = probe
    }

    deinit { end() }

    var waitsToSend: Bool { descriptor >= 0 && watchedUntil == nil }

    var wakesAt: UInt64 {
        guard descriptor >= 0 else { return nextAt }
        return watchedUntil ?? (tally.sentAt.last ?? 0) + probe.timeoutNanoseconds
    }

    func proceed(now: UInt64, isReady: Bool) -> ReachResult? {
        if descriptor < 0 {
            guard now >= nextAt else { return nil }
            begin()
        } else if let watchedUntil {
            if isReady, let code = brokenOff() {
                settle(error: code)
            } else if isReady || now >= watchedUntil {
                end()
            }
        } else if isReady {
            established(at: Clock.monotonicNanoseconds())
        } else if now >= (tally.sentAt.last ?? now) + probe.timeoutNanoseconds {
            settle(error: nil)
        }
        return descriptor < 0 && tally.sent >= probe.count ? tally.result(id: id) : nil
    }

    func cutShort(_ reason: String, isDeadline: Bool) -> ReachResult {
        tally.result(id: id).cutShort(reason)
    }

    private func begin() {
        do throws(SocketError) {
            let socket = try Socket(.tcp, check.address.family)
            try socket.setResetOnClose()
            // An error that is not final, such as no route over IPv6, is told at once then, and not after the first retry.
            try ErrorQueue.enable(socket.descriptor, check.address.family)
            guard fcntl(socket.descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw SocketError(.option, errno) }
            let time = Clock.monotonicNanoseconds()
            nextAt = time + probe.intervalNanoseconds
            tally.send(at: time)
            do throws(SocketError) {
                try socket.connect(to: SocketAddress(check.address, port: check.port ?? 0))
            } catch {
                guard error.code == EINPROGRESS else { throw error }
            }
            descriptor = socket.release()
        } catch {
            if error.operation == .connect {
                settle(error: error.code)
            } else {
                let (outcome, reason) = ReachWords.outcome(of: error)
                tally.send(at: Clock.monotonicNanoseconds())
                tally.error(outcome, reason)
            }
        }
    }

    private func established(at time: UInt64) {
        let code = pendingError()
        guard code == 0 else {
            settle(error: code)
            return
        }
        tally.answer(UInt64(tally.sent - 1), at: time, timeout: .max)
        let taken = time - (tally.sentAt.last ?? time)
        watchedUntil = time + max(Self.shortestWatch, min(3 * taken, 20_000_000))
        // What came in the same moment is known now.
        if let code = brokenOff() { settle(error: code) }
    }

    /// Ends an attempt with what was said, or with silence.
    private func settle(error code: Int32?) {
        if let code {
            let (outcome, reason) = ReachWords.outcome(of: code)
            if watchedUntil != nil { tally.takeBack() }
            tally.error(outcome, reason)
        }
        end()
    }

    /// What broke an established connection off; nil while it stands, or was closed in order.
    private func brokenOff() -> Int32? {
        var byte: UInt8 = 0
        guard recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) < 0 else { return nil }
        return errno == EAGAIN || errno == EINTR ? nil : errno
    }

    private func pendingError() -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else { return errno }
        return code
    }

    private func end() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
        watchedUntil = nil
    }
}
