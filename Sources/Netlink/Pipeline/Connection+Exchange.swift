import CLibnl
import Glibc

// Requests that libnl has no function for, written and read by us on libnl's socket.
extension Connection {
    /// Makes one request and hands over every message of the reply, until the kernel says that it ends.
    ///
    /// A dump during which the kernel's list changed is an error with `NLE_DUMP_INTR`.
    mutating func exchange(
        _ request: RequestWords, type: UInt16, flags: Int32, _ body: (inout MessageWriter) -> Void,
        visit: (MessageReader.Message) -> Void
    ) throws(NetlinkError) {
        let sequence = try takeSequence(1, for: request)
        var writer = MessageWriter()
        // NLM_F_DUMP is two bits. A dump ends with NLMSG_DONE; all else needs NLM_F_ACK to have an end.
        let isDump = flags & NLM_F_DUMP == NLM_F_DUMP
        writer.message(
            type: type, flags: NLM_F_REQUEST | (isDump ? flags : flags | NLM_F_ACK), sequence: sequence, body)
        try send(writer.bytes, for: request)
        var refusal: NetlinkError?
        var wasInterrupted = false
        var isOver = false
        while !isOver {
            try receive(for: request) { message in
                guard message.sequence == sequence else { return }
                if message.flags & NLM_F_DUMP_INTR != 0 { wasInterrupted = true }
                switch message.type {
                case NLMSG_ERROR:
                    let answer = message.answer
                    if answer.errno != 0 { refusal = request.error(answer.errno, answer.sentence) }
                    isOver = true
                case NLMSG_DONE: isOver = true
                default: visit(message)
                }
            }
        }
        if let refusal { throw refusal }
        if wasInterrupted {
            throw NetlinkError(
                operation: request.operation, object: request.object, code: NLE_DUMP_INTR,
                message: "the list changed while it was read", hint: "Try again while nothing else changes it")
        }
    }

    /// Numbers for so many messages; they are not used again on this socket.
    mutating func takeSequence(_ count: Int, for request: RequestWords) throws(NetlinkError) -> UInt32 {
        guard !isOutOfStep else {
            throw .refused(
                request.operation, request.object, "this socket missed an answer of the kernel before",
                hint: "Open a new socket"
            )
        }
        let first = nextSequence
        nextSequence &+= UInt32(truncatingIfNeeded: count)
        return first
    }

    /// Gives the messages to the kernel, which works through them before this returns.
    mutating func send(_ bytes: [UInt8], for request: RequestWords) throws(NetlinkError) {
        let descriptor = nl_socket_get_fd(socket)
        // The kernel takes the whole of it in this call, and never waits: no signal can interrupt it.
        let count = Glibc.send(descriptor, bytes, bytes.count, 0)
        guard count == bytes.count else {
            let code = count < 0 ? errno : EMSGSIZE
            throw request.error(code, "")
        }
    }

    /// Waits for what the kernel sends next, at most the time-out of the socket, and hands over its messages.
    mutating func receive(
        for request: RequestWords, visit: (MessageReader.Message) -> Void
    ) throws(NetlinkError) {
        // Dumps come in pieces of at most 32 KiB, and the kernel sizes them by the largest buffer that it saw.
        if receiveBuffer.isEmpty { receiveBuffer = [UInt8](repeating: 0, count: 65_536) }
        let descriptor = nl_socket_get_fd(socket)
        var code: Int32 = 0
        receiveBuffer.withUnsafeMutableBytes { buffer in
            // MSG_TRUNC gives the length that the message really has, so that one that was cut is noticed.
            var count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_TRUNC))
            while count < 0 && errno == EINTR {
                count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_TRUNC))
            }
            guard count >= 0, count <= buffer.count else {
                code = count < 0 ? errno : EMSGSIZE
                return
            }
            for message in MessageReader(UnsafeRawBufferPointer(rebasing: buffer[..<count])) { visit(message) }
        }
        guard code != 0 else { return }
        // What comes next on this socket could still belong to this request.
        isOutOfStep = true
        throw request.error(
            code, code == ENOBUFS ? "the kernel's answers did not fit into the receive buffer" : "")
    }
}

/// What is asked for, in words for an error.
struct RequestWords {
    let operation: String
    let object: String
    /// What to do about a code of libnl.
    var hint: (Int32) -> String = NetlinkError.hint(for:)

    /// The typed error for an `errno` value; the kernel's sentence, if any, wins over libnl's.
    func error(_ errno: Int32, _ sentence: String) -> NetlinkError {
        let code = nl_syserr2nlerr(errno)
        return NetlinkError(
            operation: operation, object: object, code: code, errno: errno,
            message: sentence.isEmpty ? String(cString: nl_geterror(code)) : sentence, hint: hint(code)
        )
    }
}
