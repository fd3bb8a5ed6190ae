import Contract
import Glibc
import Sockets

/// What a system call's answer says about a target.
enum ReachWords {
    /// The outcome that an `errno` value stands for, and its words.
    static func outcome(of code: Int32) -> (outcome: ReachOutcome, reason: String) {
        let words = "\(String(cString: strerror(code))) (errno \(code))"
        switch code {
        case ECONNREFUSED: return (.refused, words)
        case ECONNRESET, EPIPE, ECONNABORTED: return (.reset, words)
        case ETIMEDOUT, EAGAIN: return (.timedOut, words)
        // EPERM: a packet filter of this very host keeps it from leaving.
        case ENETUNREACH, EHOSTUNREACH, EHOSTDOWN, ENETDOWN, ENONET, EPERM: return (.unreachable, words)
        case EACCES: return (.unreachable, "\(words): forbidden on the way")
        case ENOPROTOOPT, EPROTO: return (.unreachable, words)
        default: return (.couldNotTest, words)
        }
    }

    /// What a system call on the socket itself came to: mostly nothing is known of the target then.
    static func outcome(of error: SocketError) -> (outcome: ReachOutcome, reason: String) {
        guard error.operation == .connect || error.operation == .send else {
            var words = "\(error.operation.rawValue): \(String(cString: strerror(error.code))) (errno \(error.code))"
            if error.operation == .open, error.code == EACCES || error.code == EPERM {
                words += "; allow echo requests (net.ipv4.ping_group_range), or give CAP_NET_RAW"
            }
            if error.code == EMFILE { words += "; raise the limit of open files (ulimit -n), or lower concurrency" }
            return (.couldNotTest, words)
        }
        return outcome(of: error.code)
    }
}
