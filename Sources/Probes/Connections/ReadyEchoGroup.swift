import Glibc
import LinuxHost
import Sockets
import Synchronization

/// What the threads of one echo server share: the listener, their queues, and the end.
final class ReadyEchoGroup: Sendable {
    private struct State {
        var queues: [Int32] = []
        /// Threads that came, with or without a queue.
        var members = 0
        var left = 0
        var next = 0
        var seconds = 0.0
        var error: SocketError?
    }

    let listener: Int32
    /// What can be read from it once the server is to end.
    let ending: Int32
    private let endingWriter: Int32
    private let state = Mutex(State())

    init(_ listener: Int32) throws(SocketError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw SocketError(.open, errno) }
        self.listener = listener
        (ending, endingWriter) = (ends[0], ends[1])
    }

    deinit {
        close(ending)
        close(endingWriter)
    }

    /// A thread is there; without a queue when it could not be made.
    func join(_ queue: Int32?, _ error: SocketError? = nil) {
        state.withLock { state in
            state.members += 1
            if let queue { state.queues.append(queue) }
            if state.error == nil { state.error = error }
        }
    }

    /// Waits until so many threads are there.
    func awaitMembers(_ threads: Int) {
        while state.withLock({ $0.members < threads }) { usleep(100) }
    }

    /// The queue of the thread whose turn it is to have another connection; each has as many as the others.
    func nextQueue() -> Int32? {
        state.withLock { state in
            guard !state.queues.isEmpty else { return nil }
            state.next = (state.next + 1) % state.queues.count
            return state.queues[state.next]
        }
    }

    /// Wakes every thread up and ends it.
    func end() {
        var byte: UInt8 = 0
        // It is never read, so that every thread sees it.
        _ = write(endingWriter, &byte, 1)
    }

    /// A thread has ended; with an error the others end, too.
    func leave(_ seconds: Double, _ error: SocketError?) {
        state.withLock { state in
            state.left += 1
            state.seconds += seconds
            if state.error == nil { state.error = error }
        }
        if error != nil { end() }
    }

    /// Waits until so many threads have ended, and says what they used.
    func finish(_ threads: Int) throws(SocketError) -> Double {
        while state.withLock({ $0.left < threads }) { usleep(200) }
        let (seconds, error) = state.withLock { ($0.seconds, $0.error) }
        if let error { throw error }
        return seconds
    }
}
