import Synchronization

/// Does something once, when so many have counted.
final class Countdown: Sendable {
    private let left: Mutex<Int>
    private let body: @Sendable () -> Void

    init(of count: Int, then body: @escaping @Sendable () -> Void) {
        left = Mutex(count)
        self.body = body
    }

    func count() {
        let isLast = left.withLock { left in
            left -= 1
            return left == 0
        }
        if isLast { body() }
    }
}
