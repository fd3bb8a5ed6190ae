import Glibc

/// Waits for a socket with a resolution of nanoseconds, which poll(2) does not have.
public enum SocketWait {
    /// pselect(2) for one descriptor: until it can be read (or written, when `toSend`), at most this long.
    public static func wait(_ descriptor: Int32, toSend: Bool, nanoseconds: UInt64) throws(SocketError) {
        // FD_SET for a larger number writes past the end of fd_set (select(2)).
        guard descriptor < Int32(FD_SETSIZE) else { throw SocketError(.wait, EMFILE) }
        var readable = fd_set()
        insert(descriptor, &readable)
        var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        let count: Int32
        if toSend {
            // Reading counts here, too: a full send buffer never empties while neither end reads.
            var writable = readable
            count = pselect(descriptor + 1, &readable, &writable, nil, &time, nil)
        } else {
            count = pselect(descriptor + 1, &readable, nil, nil, &time, nil)
        }
        guard count >= 0 || errno == EINTR else { throw SocketError(.wait, errno) }
    }

    /// FD_SET, which is a macro and so not there in Swift.
    private static func insert(_ descriptor: Int32, _ set: inout fd_set) {
        withUnsafeMutableBytes(of: &set) { $0[Int(descriptor) / 8] |= 1 << UInt8(descriptor % 8) }
    }
}
