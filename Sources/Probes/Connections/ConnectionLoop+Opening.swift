import Contract
import Glibc
import LinuxHost
import Sockets

extension ConnectionLoop {
    /// What fits into one segment everywhere: as the first of its connection it is never held back for others.
    private static let alwaysOneSegment = 512

    /// Begins a connection, and its requests where the connections were not to be opened first.
    mutating func open(_ index: Int, _ now: UInt64) throws(ProbeFailure) {
        let slot = slots + index
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.domain, type, 0)
        guard descriptor >= 0 else { throw failure(.open, errno) }
        slot.pointee.descriptor = descriptor
        slot.pointee.state = .connecting
        slot.pointee.opened = now
        slot.pointee.answered = slot.pointee.begun
        slot.pointee.unsent = 0
        slot.pointee.received = 0
        slot.pointee.header = 0
        if !closes || size > Self.alwaysOneSegment {
            var one: Int32 = 1
            let length = socklen_t(MemoryLayout<Int32>.size)
            guard setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, length) == 0 else {
                throw failure(.option, errno)
            }
        }
        guard address.withPointer({ connect(descriptor, $0, $1) }) == 0 || errno == EINPROGRESS else {
            throw failure(.connect, errno)
        }
        // On the same machine the handshake is over already.
        if phase != .opening { try begin(closes ? 1 : burst, index, now) }
        let isSent = closes && slot.pointee.state == .open && slot.pointee.unsent == 0
        let code = ReadinessQueue.add(
            descriptor, token: UInt32(truncatingIfNeeded: index), as: isSent ? .input : .change, to: queue.descriptor)
        guard code == 0 else { throw failure(.wait, code) }
    }

    /// The handshake is over, one way or the other.
    mutating func finishConnecting(_ index: Int) throws(ProbeFailure) {
        guard phase == .opening else {
            // What a send says of a handshake that failed is why.
            return try flush(index)
        }
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(slots[index].descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 else {
            throw failure(.connect, errno)
        }
        guard code == 0 else { throw failure(.connect, code) }
        slots[index].state = .open
        opened += 1
    }

    /// Gives up what has waited for too long.
    ///
    /// Requests only become younger than those that were seen here last, so nothing is looked at before the oldest can be too old.
    mutating func expire(_ now: UInt64) throws(ProbeFailure) {
        guard now >= nextExpiry else { return }
        var oldest = now
        for index in 0..<count {
            guard let since = waitingSince(index) else { continue }
            if now >= since, now - since >= timeout {
                try giveUp(index, now)
            } else {
                oldest = min(oldest, since)
            }
        }
        nextExpiry = oldest + timeout
    }

    private func waitingSince(_ index: Int) -> UInt64? {
        let slot = slots[index]
        if slot.underWay > 0 { return begun(index, slot.answered) }
        return slot.state == .connecting ? slot.opened : nil
    }

    /// Nothing on the connection is waited for any more; a new one takes its place.
    ///
    /// Younger requests on it wait for the same stream: they are given up as well, after the time that each has waited.
    private mutating func giveUp(_ index: Int, _ now: UInt64) throws(ProbeFailure) {
        guard phase != .opening else { throw failure(.connect, ETIMEDOUT) }
        let slot = slots + index
        if now >= measuredFrom {
            for request in slot.pointee.answered..<slot.pointee.begun {
                outcome.recordTimeout(now - begun(index, request))
            }
        }
        close(slot.pointee.descriptor)
        slot.pointee.state = .closed
        slot.pointee.answered = slot.pointee.begun
        if now < end { try open(index, now) }
    }

    func failure(_ operation: SocketError.Operation, _ code: Int32) -> ProbeFailure {
        run.context.failure(SocketError(operation, code))
    }
}
