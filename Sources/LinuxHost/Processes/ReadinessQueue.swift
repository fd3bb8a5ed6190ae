import CLinux
import Glibc

/// Waits for many descriptors at once and says which can be read or written (epoll(7)); closed when it goes out of scope.
///
/// Whoever is told of a descriptor reads or writes it until the kernel has no more (`EPOLLET`): only then it is told again.
public struct ReadinessQueue: ~Copyable {
    private let queue: Int32
    private let events: UnsafeMutablePointer<epoll_event>

    /// How many are told of at once.
    private static let room: Int32 = 256

    /// epoll_create1(2).
    public init() throws(HostError) {
        queue = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard queue >= 0 else {
            throw HostError(operation: "make", object: "an epoll queue", errno: errno, hint: "See ulimit -n")
        }
        events = .allocate(capacity: Int(Self.room))
        events.initialize(repeating: epoll_event(), count: Int(Self.room))
    }

    deinit {
        close(queue)
        events.deallocate()
    }

    /// The kernel's number for the queue, so that another thread can add to it while it is open.
    public var descriptor: Int32 { queue }

    /// When a descriptor is told of.
    public enum Manner: Sendable {
        /// Once for each change of what can be read or written, and at once.
        case change
        /// Once for each change of what can be read.
        case input
        /// As long as it can be read, to one of the queues that it is in (`EPOLLEXCLUSIVE`): a listener of several threads.
        case sharedListener
        /// As long as it can be read, to all of the queues that it is in.
        case broadcast
    }

    /// epoll_ctl(2): from now on the descriptor is told of with this token; the errno value, or 0.
    public static func add(_ descriptor: Int32, token: UInt32, as manner: Manner, to queue: Int32) -> Int32 {
        let flags: UInt32 =
            switch manner {
            case .change: EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
            case .input: EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
            case .sharedListener: EPOLLIN.rawValue | EPOLLEXCLUSIVE.rawValue
            case .broadcast: EPOLLIN.rawValue
            }
        var event = epoll_event(events: flags, data: epoll_data_t(u64: UInt64(token)))
        return epoll_ctl(queue, EPOLL_CTL_ADD, descriptor, &event) == 0 ? 0 : errno
    }

    /// epoll_wait(2): how many descriptors there is something to say of, 0 after so many milliseconds or a signal.
    public func wait(milliseconds: Int32) throws(HostError) -> Int {
        let count = epoll_wait(queue, events, Self.room, milliseconds)
        if count >= 0 { return Int(count) }
        guard errno == EINTR else {
            throw HostError(operation: "wait at", object: "an epoll queue", errno: errno, hint: "")
        }
        return 0
    }

    /// The token of one that the last wait told of.
    public func token(_ index: Int) -> UInt32 { UInt32(truncatingIfNeeded: events[index].data.u64) }

    /// Whether its peer has sent the end of its stream, behind whatever can still be read.
    public func hasEnded(_ index: Int) -> Bool { events[index].events & EPOLLRDHUP.rawValue != 0 }
}
