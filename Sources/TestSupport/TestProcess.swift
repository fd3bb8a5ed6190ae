import Glibc
public import LinuxHost

/// Small programs that tests look at and end.
public enum TestProcess {
    /// Starts a program from `PATH` in the namespaces of the calling thread; the caller ends it and waits for it.
    ///
    /// With no signal blocked: threads of Dispatch block most, and a child would inherit that.
    public static func start(_ words: String...) throws(HostError) -> Int32 { try start(words: words) }

    /// Starts a program as ``start(_:)`` does.
    public static func start(words: [String]) throws(HostError) -> Int32 {
        var process: pid_t = 0
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        let code = posix_spawnp(&process, words.first ?? "", nil, &attributes, &arguments, environ)
        guard code == 0 else {
            throw HostError(operation: "start", object: words.joined(separator: " "), errno: code, hint: "Install it")
        }
        return process
    }

    /// Waits for a process that was started here and answers with the signal that ended it; 0 for none.
    public static func endingSignal(of process: Int32) -> Int32 {
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return status & 0x7f
    }

    /// Waits for a process that was started here and answers with its exit code; 128 and the signal for one that was ended.
    public static func exitCode(of process: Int32) -> Int32 {
        var status: Int32 = 0
        waitpid(process, &status, 0)
        return status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + status & 0x7f
    }
}
