/// One of the connections of a client's thread, and what is under way on it.
struct ConnectionSlot {
    enum State {
        case closed
        /// The handshake is under way.
        case connecting
        case open
        /// The reply has come; the server's end of stream has not.
        case ending
    }

    var descriptor: Int32 = -1
    var state = State.closed
    /// How many requests were begun.
    var begun: UInt64 = 0
    /// How many replies came, or are not waited for any more.
    var answered: UInt64 = 0
    /// Bytes of begun requests that the kernel has not taken yet.
    var unsent = 0
    /// Bytes of the reply under way that have come.
    var received = 0
    /// Their header, as far as it has come.
    var header: UInt64 = 0
    /// When it was opened.
    var opened: UInt64 = 0

    /// Requests without a reply.
    @inline(__always)
    var underWay: Int { Int(truncatingIfNeeded: begun &- answered) }
}
