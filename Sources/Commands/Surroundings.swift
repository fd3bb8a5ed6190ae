import Glibc
import LinuxHost
import Processes

/// What a process has from whoever started it, made fit for work as root, and given back to a program that it becomes.
enum Surroundings {
    private struct Original: Sendable {
        let mask: mode_t
        let path: String?
    }

    /// Read before anything is changed.
    private static let original: Original = {
        // umask(2) cannot be read without being set.
        let mask = umask(0)
        umask(mask)
        return Original(mask: mask, path: getenv("PATH").map { String(cString: $0) })
    }()

    /// Signals whose default is to end the process, where an error to handle is wanted: a reader that went away, a file
    /// too large.
    private static let unwanted = [SIGPIPE, SIGXFSZ]

    /// Settles them, once, before anything else is done.
    static func settle() {
        SignalDisposition.remember()
        for number in unwanted { signal(number, SIG_IGN) }
        // What root makes is never for everybody to write, whoever started it.
        umask(original.mask | 0o022)
        // Programs that are started look for others, and must not find them in the current directory either.
        if let path = original.path { setenv("PATH", Programs.safePath(from: path), 1) }
        ProcessName.set("netmachinery")
    }

    /// Gives them back as they were, for a program that takes this process's place.
    static func restore() {
        umask(original.mask)
        if let path = original.path { setenv("PATH", path, 1) }
        // Threads of the runtime's pool block signals, which must not reach the program.
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        for number in unwanted where !SignalDisposition.wasIgnored(number) { signal(number, SIG_DFL) }
    }

    /// Ends what was started and has not ended, when this process took orphans in: daemons that plugins started, for
    /// example.
    static func leaveNothing() {
        if Descendants.areAdopted { Descendants.kill(patience: .seconds(1)) }
    }
}
