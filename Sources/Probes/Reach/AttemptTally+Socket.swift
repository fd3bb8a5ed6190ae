import Contract
import Glibc
import LinuxHost
import Sockets

extension AttemptTally {
    /// Sends an attempt that was counted already; where the kernel refuses it, that is its error.
    mutating func send(_ bytes: [UInt8], on descriptor: Int32) {
        // An error of an attempt before is told once by the next call: it is taken from the queue, and this is sent again.
        for isAgain in [false, true] {
            let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
            if Glibc.send(descriptor, bytes, bytes.count, flags) >= 0 { return }
            let code = errno
            if takeErrors(of: descriptor), !isAgain { continue }
            let (outcome, reason) = ReachWords.outcome(of: code)
            error(outcome, reason)
            return
        }
    }

    /// Hands over each datagram that has come, with when it was read, and then takes what hosts on the way have said.
    mutating func receive(
        on descriptor: Int32, atMost size: Int, _ take: (inout AttemptTally, ArraySlice<UInt8>, UInt64) -> Void
    ) {
        var buffer = [UInt8](repeating: 0, count: size)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            let time = Clock.monotonicNanoseconds()
            if count < 0 {
                // The error that is told here stands in the queue, too, with more about it.
                guard errno != EAGAIN, errno != EINTR, takeErrors(of: descriptor) else { break }
                continue
            }
            take(&self, buffer[..<count], time)
        }
        takeErrors(of: descriptor)
    }

    /// Takes what hosts on the way have said; whether there was anything.
    @discardableResult
    private mutating func takeErrors(of descriptor: Int32) -> Bool {
        var found = false
        while let entry = ErrorQueue.next(descriptor) {
            found = true
            let (outcome, reason) = ReachWords.outcome(of: entry.code)
            error(outcome, reason)
        }
        return found
    }
}
