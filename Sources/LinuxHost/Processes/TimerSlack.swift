import Glibc

/// How late the kernel may let a sleeping thread wake up in order to save wake-ups.
public enum TimerSlack {
    /// Sets the calling thread's slack to 1 ns; the usual 50 us would be seen as send lag.
    ///
    /// prctl(2) is not visible in Swift, and proc(5) offers the same as a file for each thread. Where that is not
    /// allowed the slack stays, and send lag tells so.
    public static func minimise() {
        var link = [UInt8](repeating: 0, count: 128)
        let length = readlink("/proc/thread-self", &link, link.count)
        guard length > 0, let thread = String(decoding: link[..<length], as: UTF8.self).split(separator: "/").last
        else { return }
        let descriptor = open("/proc/\(thread)/timerslack_ns", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = write(descriptor, "1", 1)
        close(descriptor)
    }
}
