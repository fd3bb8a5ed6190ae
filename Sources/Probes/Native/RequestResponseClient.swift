import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets
import Statistics

/// The closed loop over one connection: the next request leaves when the reply to the last has come.
///
/// One clock read for each transaction: the end of one is the beginning of the next.
struct RequestResponseClient: ~Copyable {
    private enum Exchange {
        case done
        case timedOut
        case wrong
        case closed
        case failed(SocketError)
    }

    private let context: LatencyContext
    private let address: SocketAddress
    private let buffer: MessageBuffer
    private var socket: Socket
    private var outcome = LatencyOutcome()
    private var sequence: UInt64 = 0

    init(_ context: LatencyContext) throws(ProbeFailure) {
        self.context = context
        address = SocketAddress(context.probe.target, port: context.probe.port)
        buffer = MessageBuffer(size: context.probe.messageSize)
        do throws(SocketError) {
            socket = try context.connect(address)
        } catch {
            throw context.failure(error)
        }
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
        let size = context.probe.messageSize
        var previous = start
        while previous < end, !context.stop.isTripped {
            sequence &+= 1
            let header = MessageBuffer.header(sequence: sequence, measured: measured, size: size)
            let exchange = exchange(header, size, previous)
            let now = Clock.monotonicNanoseconds()
            switch exchange {
            case .done: outcome.record(now - previous)
            case .timedOut: try giveUp(now - previous)
            case .wrong: throw context.wrongReply("the reply is not the echo of the request")
            case .closed: throw context.failure(SocketError(.receive, ECONNRESET))
            case .failed(let error): throw context.failure(error)
            }
            previous = now
        }
        return previous
    }

    @inline(__always)
    private func exchange(_ header: UInt64, _ size: Int, _ start: UInt64) -> Exchange {
        buffer.write(header: header)
        let descriptor = socket.descriptor
        guard EchoConnection.sendAll(descriptor, buffer.bytes, size) else { return failed(.send) }
        return context.probe.transport == .tcp
            ? receiveStream(descriptor, header, size)
            : receiveDatagram(descriptor, header, size, start)
    }

    @inline(__always)
    private func receiveStream(_ descriptor: Int32, _ header: UInt64, _ size: Int) -> Exchange {
        var received = 0
        while received < size {
            let bytes = buffer.bytes + received
            let count = withoutInterruption { recv(descriptor, bytes, size - received, 0) }
            if count < 0 { return failed(.receive) }
            if count == 0 { return .closed }
            received += count
        }
        return buffer.header == header ? .done : .wrong
    }

    @inline(__always)
    private func receiveDatagram(_ descriptor: Int32, _ header: UInt64, _ size: Int, _ start: UInt64) -> Exchange {
        let bytes = buffer.bytes
        while true {
            // MSG_TRUNC gives the datagram's true length, so that a longer reply is seen as wrong.
            let count = withoutInterruption { recv(descriptor, bytes, size, Int32(MSG_TRUNC)) }
            if count < 0 { return failed(.receive) }
            if count != size { return .wrong }
            if buffer.header == header { return .done }
            // The reply to a request that was given up: not ours, so the wait goes on, but not beyond its end.
            let waited = Clock.monotonicNanoseconds() - start
            if waited >= context.probe.timeoutNanoseconds { return .timedOut }
        }
    }

    private func failed(_ operation: SocketError.Operation) -> Exchange {
        let error = SocketError(operation, errno)
        return error.isTimeOut ? .timedOut : .failed(error)
    }

    private mutating func giveUp(_ nanoseconds: UInt64) throws(ProbeFailure) {
        outcome.recordTimeout(nanoseconds)
        // In a stream the late reply would be taken for the next one's, so a new connection is made.
        guard context.probe.transport == .tcp, !context.stop.isTripped else { return }
        do throws(SocketError) {
            socket = try context.connect(address)
        } catch {
            throw context.failure(error)
        }
    }
}
