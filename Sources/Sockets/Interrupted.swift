public import Glibc

/// Repeats a system call that a signal interrupted.
///
/// Stands around the calls that are timed, so it is compiled into whoever uses it.
@inlinable
@inline(__always)
public func withoutInterruption(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        // EINTR alone means that nothing was done. EAGAIN is the time-out of the socket, which the caller has to see.
        if result >= 0 || errno != EINTR { return result }
    }
}
