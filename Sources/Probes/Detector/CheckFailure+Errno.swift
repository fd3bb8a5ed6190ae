import Contract
import Glibc

extension CheckFailure {
    /// The reason that an `errno` value stands for.
    init(_ code: Int32) {
        switch code {
        case ECONNREFUSED: self = .refused
        case ECONNRESET, EPIPE, ECONNABORTED: self = .reset
        case ETIMEDOUT: self = .timedOut
        case EMSGSIZE: self = .tooLarge
        // EPERM: a packet filter of this very host keeps it from leaving.
        case ENETUNREACH, EHOSTUNREACH, EHOSTDOWN, ENETDOWN, ENONET, EPERM, EACCES, ENOPROTOOPT, EPROTO:
            self = .unreachable
        default: self = .notTested
        }
    }
}
