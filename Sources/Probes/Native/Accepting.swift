import Glibc
import Sockets

/// Connections of a listener, one after the other.
enum Accepting {
    /// The next one by accept(2), which is the caller's to close; nil when the server is to end.
    static func next(_ listener: Int32, _ stop: ProbeStop) throws(SocketError) -> Int32? {
        while !stop.isTripped {
            let connection = accept(listener, nil, nil)
            if connection >= 0 { return connection }
            switch errno {
            // The listener's time-out, a signal, and a client that went before it was accepted (accept(2)).
            case EAGAIN, EINTR, ECONNABORTED: continue
            case _ where stop.isTripped: return nil
            default: throw SocketError(.accept, errno)
            }
        }
        return nil
    }
}
