import Glibc

/// Repeats a system call that a signal interrupted.
@inline(__always)
func withoutInterruption(_ call: () -> Int) -> Int {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}
