import Contract
import Glibc
import LinuxHost
import Sockets

extension ConnectionLoop {
    /// When a request that is under way was begun.
    @inline(__always)
    func begun(_ index: Int, _ request: UInt64) -> UInt64 {
        times[index * ring + Int(truncatingIfNeeded: request) & (ring - 1)]
    }

    /// The header of a request; connections count from numbers far apart, so that one's reply is not taken for another's.
    @inline(__always)
    private func header(_ index: Int, _ request: UInt64) -> UInt64 {
        let base = UInt64(truncatingIfNeeded: first + index) &* 0x9E37_79B9_7F4A_7C15
        let isMeasured = begun(index, request) >= measuredFrom
        return MessageBuffer.header(sequence: base &+ request, measured: isMeasured, size: size)
    }

    /// Begins requests at once, and sends what the kernel takes of them.
    @inline(__always)
    mutating func begin(_ requests: Int, _ index: Int, _ now: UInt64) throws(ProbeFailure) {
        let slot = slots + index
        for _ in 0..<requests {
            times[index * ring + Int(truncatingIfNeeded: slot.pointee.begun) & (ring - 1)] = now
            slot.pointee.begun &+= 1
        }
        slot.pointee.unsent += requests * size
        try flush(index)
    }

    /// Sends what was begun, until the kernel takes no more.
    @inline(__always)
    mutating func flush(_ index: Int) throws(ProbeFailure) {
        let slot = slots + index
        while slot.pointee.unsent > 0 {
            let unsent = slot.pointee.unsent
            // The usual case without a division.
            let messages = unsent <= size ? 1 : (unsent + size - 1) / size
            let skipped = messages * size - unsent
            let whole = min(messages, outputMessages)
            for message in 0..<whole {
                let request = slot.pointee.begun &- UInt64(truncatingIfNeeded: messages - message)
                MessageBuffer.write(header: header(index, request), at: output + message * size, size: size)
            }
            let bytes = output + skipped
            let length = whole * size - skipped
            let descriptor = slot.pointee.descriptor
            let count = withoutInterruption {
                send(descriptor, bytes, length, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            guard count >= 0 else {
                // It is told when there is room again, or when the handshake is over.
                if errno == EAGAIN { return }
                throw failure(slot.pointee.state == .connecting ? .connect : .send, errno)
            }
            slot.pointee.state = .open
            slot.pointee.unsent = unsent - count
        }
    }

    /// Reads replies until there are no more, and begins as many requests.
    @inline(__always)
    mutating func receive(_ index: Int, hasEnded: Bool) throws(ProbeFailure) {
        let slot = slots + index
        while slot.pointee.underWay > 0 {
            let expected = slot.pointee.underWay * size - slot.pointee.received
            // One byte more than a reply shows whether the stream is at its end, without another call.
            let length = min(closes ? expected + 1 : expected, inputRoom)
            let (descriptor, bytes) = (slot.pointee.descriptor, input)
            let count = withoutInterruption { recv(descriptor, bytes, length, Int32(MSG_DONTWAIT)) }
            guard count > 0 else {
                if count < 0, errno == EAGAIN { break }
                throw failure(.receive, count == 0 ? ECONNRESET : errno)
            }
            guard count <= expected else { throw tooMuch() }
            let now = Clock.monotonicNanoseconds()
            let replies = try take(count, index, now)
            if closes, replies > 0 {
                guard hasEnded, count < length else {
                    slot.pointee.state = .ending
                    return try receiveEnd(index)
                }
                return try finish(index)
            }
            if replies > 0 { try answer(replies, index, now) }
            // There was no more, or nothing more to come: what comes later is told of again, but for an end that was told of already.
            if count < length || length == expected, !hasEnded { break }
        }
        if slot.pointee.unsent > 0 { try flush(index) }
    }

    @inline(__always)
    private mutating func answer(_ replies: Int, _ index: Int, _ now: UInt64) throws(ProbeFailure) {
        slots[index].answered &+= UInt64(truncatingIfNeeded: replies)
        if now < end { try begin(replies, index, now) }
    }

    /// How many replies are whole with these bytes; each is held against its request, and counted.
    @inline(__always)
    private mutating func take(_ count: Int, _ index: Int, _ now: UInt64) throws(ProbeFailure) -> Int {
        let slot = slots + index
        var request = slot.pointee.answered
        var taken = 0
        while taken < count {
            if slot.pointee.received == 0, count - taken >= size {
                try check(MessageBuffer.header(at: input + taken, size: size), index, request, now)
                taken += size
                request &+= 1
                continue
            }
            let part = min(size - slot.pointee.received, count - taken)
            keepHeader(slot, input + taken, part)
            taken += part
            slot.pointee.received += part
            guard slot.pointee.received == size else { break }
            try check(slot.pointee.header, index, request, now)
            slot.pointee.received = 0
            slot.pointee.header = 0
            request &+= 1
        }
        return Int(truncatingIfNeeded: request &- slot.pointee.answered)
    }

    private func keepHeader(_ slot: UnsafeMutablePointer<ConnectionSlot>, _ bytes: UnsafeRawPointer, _ part: Int) {
        let last = min(slot.pointee.received + part, size, MessageBuffer.longestHeader)
        guard slot.pointee.received < last else { return }
        for place in slot.pointee.received..<last {
            let byte = bytes.load(fromByteOffset: place - slot.pointee.received, as: UInt8.self)
            slot.pointee.header |= UInt64(byte) << (UInt64(place) * 8)
        }
    }

    @inline(__always)
    private mutating func check(
        _ found: UInt64, _ index: Int, _ request: UInt64, _ now: UInt64
    ) throws(ProbeFailure) {
        guard found == header(index, request) else {
            throw run.context.wrongReply("the reply is not the echo of the request")
        }
        if !closes { record(begun(index, request), now) }
    }

    /// Counts a reply that came in the measured interval.
    @inline(__always)
    private mutating func record(_ begun: UInt64, _ now: UInt64) {
        if now >= measuredFrom, now < end { outcome.record(now - begun) }
    }

    /// Waits for the server's end of stream behind the reply.
    mutating func receiveEnd(_ index: Int) throws(ProbeFailure) {
        let (descriptor, bytes) = (slots[index].descriptor, input)
        let count = withoutInterruption { recv(descriptor, bytes, 1, Int32(MSG_DONTWAIT)) }
        if count < 0, errno == EAGAIN { return }
        guard count >= 0 else { throw failure(.receive, errno) }
        guard count == 0 else { throw tooMuch() }
        try finish(index)
    }

    private func tooMuch() -> ProbeFailure {
        run.context.wrongReply("the reply is longer than the request")
    }

    /// The connection has done its work; the next one takes its place.
    private mutating func finish(_ index: Int) throws(ProbeFailure) {
        let slot = slots + index
        close(slot.pointee.descriptor)
        slot.pointee.state = .closed
        let now = Clock.monotonicNanoseconds()
        record(begun(index, slot.pointee.answered), now)
        slot.pointee.answered &+= 1
        if now < end { try open(index, now) }
    }
}
