import Glibc

/// What this process was told about signals by whoever started it, such as nohup(1) or a shell's background job.
public enum SignalDisposition {
    /// Signals that a program of ours has something to say about.
    private static let all = [SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGXFSZ]

    /// The signals that were ignored when it was first asked: at the start of the process, before anything is set.
    private static let ignored: Set<Int32> = Set(all.filter(isIgnored))

    /// Remembers what is ignored now; the first call counts.
    public static func remember() { _ = ignored }

    /// Whether the process was started with this signal ignored, which then is to stay so.
    public static func wasIgnored(_ signal: Int32) -> Bool { ignored.contains(signal) }

    static func isIgnored(_ signal: Int32) -> Bool {
        var current = sigaction()
        guard sigaction(signal, nil, &current) == 0 else { return false }
        // SIG_IGN is a macro that casts 1 to a function, which Swift does not import.
        return unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == 1
    }
}
