import CLibnl
import Glibc

extension Connection {
    /// Sends the requests in batches and gives back which of them the kernel refused; see ``PipelineShape``.
    ///
    /// `encode` writes one message with the number and the flags that it is given. Throws only when the kernel cannot
    /// be reached or its answers are lost: what was done is not known then, and the socket cannot be used any more.
    mutating func pipeline<Request>(
        _ requests: [Request], shape: PipelineShape, words: (Request) -> RequestWords,
        encode: (inout MessageWriter, Request, _ flags: Int32, _ sequence: UInt32) -> Void
    ) throws(NetlinkError) -> PipelineOutcome {
        var outcome = PipelineOutcome()
        guard let first = requests.first else { return outcome }
        makeRoomForAnswers()
        let base = try takeSequence(requests.count, for: words(first))
        let flags = NLM_F_REQUEST | (shape.acknowledgesEach ? NLM_F_ACK : 0)
        var writer = MessageWriter(capacity: shape.batchBytes + 1024)
        var next = 0
        while next < requests.count {
            writer.removeAll()
            // At least one, even when it is larger than a batch.
            while next < requests.count, writer.bytes.isEmpty || writer.bytes.count < shape.batchBytes {
                encode(&writer, requests[next], flags, base &+ UInt32(truncatingIfNeeded: next))
                next += 1
            }
            writer.askForAnswer()
            let last = words(requests[next - 1])
            try send(writer.bytes, for: last)
            outcome.bytes += writer.bytes.count
            outcome.requests = next
            var isOver = false
            while !isOver {
                try receive(for: last) { message in
                    // Sequence numbers wrap round; the distance between two does not.
                    let index = Int(message.sequence &- base)
                    guard message.type == NLMSG_ERROR, index < next else { return }
                    let answer = message.answer
                    if answer.errno != 0 {
                        let error = words(requests[index]).error(answer.errno, answer.sentence)
                        outcome.refusals.append(.init(index: index, error: error))
                    }
                    if index == next - 1 { isOver = true }
                }
            }
        }
        return outcome
    }

    /// Room for an answer to every request of a batch; an answer takes about 1 KiB of it, whatever its length.
    private func makeRoomForAnswers() {
        var size: Int32 = 1 << 20
        // Beyond the limit of the system, which needs rights that a request needs, too.
        setsockopt(
            nl_socket_get_fd(socket), SOL_SOCKET, SO_RCVBUFFORCE, &size, socklen_t(MemoryLayout<Int32>.size))
    }
}
