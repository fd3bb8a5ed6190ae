import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets
import Statistics

/// A new TCP connection for each transaction.
///
/// A transaction is: socket, connect, request, reply, the server's end of stream, close. The server closes first, so
/// TIME_WAIT stays with it, where Linux lets a new connection take its place, and the client's ports are free again.
struct ConnectRequestCloseClient: ~Copyable {
    private let context: LatencyContext
    private let address: SocketAddress
    private let buffer: MessageBuffer
    private var outcome = LatencyOutcome()
    private var sequence: UInt64 = 0

    init(_ context: LatencyContext) {
        self.context = context
        address = SocketAddress(context.probe.target, port: context.probe.port)
        buffer = MessageBuffer(size: context.probe.messageSize)
    }

    /// Warms up, measures, and returns what was measured.
    consuming func run() throws(ProbeFailure) -> LatencyOutcome {
        let begin = Clock.monotonicNanoseconds()
        if context.probe.warmUpNanoseconds > 0 {
            _ = try loop(from: begin, until: begin + context.probe.warmUpNanoseconds, measured: false)
            outcome = LatencyOutcome()
        }
        let cpu = ThreadCPU.seconds()
        let start = Clock.monotonicNanoseconds()
        let end = start + context.probe.durationNanoseconds
        let last = try loop(from: start, until: end, measured: true)
        outcome.cpuSeconds = ThreadCPU.seconds() - cpu
        outcome.wallNanoseconds = last - start
        outcome.interrupted = last < end
        return outcome
    }

    private mutating func loop(from start: UInt64, until end: UInt64, measured: Bool) throws(ProbeFailure) -> UInt64 {
        var previous = start
        while previous < end, !context.stop.isTripped {
            sequence &+= 1
            let size = context.probe.messageSize
            let header = MessageBuffer.header(sequence: sequence, measured: measured, size: size)
            do throws(SocketError) {
                let correct = try transact(header, size)
                let now = Clock.monotonicNanoseconds()
                guard correct else { throw SocketError(.receive, EBADMSG) }
                // One reading of the clock for a transaction: its end is the start of the next.
                outcome.record(now - previous)
                previous = now
            } catch {
                let now = Clock.monotonicNanoseconds()
                guard error.isTimeOut else { throw failure(error) }
                outcome.recordTimeout(now - previous)
                previous = now
            }
        }
        return previous
    }

    private func failure(_ error: SocketError) -> ProbeFailure {
        error.code == EBADMSG ? context.wrongReply("the reply is not the echo of the request") : context.failure(error)
    }

    private func transact(_ header: UInt64, _ size: Int) throws(SocketError) -> Bool {
        buffer.write(header: header)
        let socket = try context.connect(address)
        let descriptor = socket.descriptor
        let bytes = buffer.bytes
        guard EchoConnection.sendAll(descriptor, bytes, size) else { throw SocketError(.send, errno) }
        var received = 0
        while received < size {
            let count = withoutInterruption { recv(descriptor, bytes + received, size - received, 0) }
            guard count >= 0 else { throw SocketError(.receive, errno) }
            guard count > 0 else { throw SocketError(.receive, ECONNRESET) }
            received += count
        }
        guard buffer.header == header else { return false }
        // The end of the stream; a server that does not close first shows as a time-out here.
        var rest: UInt8 = 0
        let count = withoutInterruption { recv(descriptor, &rest, 1, 0) }
        guard count >= 0 else { throw SocketError(.receive, errno) }
        return count == 0
    }
}
