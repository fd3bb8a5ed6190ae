import Glibc

/// Waits for a socket with a resolution of nanoseconds, which poll(2) does not have.
public enum SocketWait {
    /// pselect(2) for one descriptor: until it can be read (or written, when `toSend`), at most this long.
    public static func wait(_ descriptor: Int32, toSend: Bool, nanoseconds: UInt64) throws(SocketError) {
        var readable = fd_set()
        try insert(descriptor, &readable)
        try wait(&readable, last: descriptor, toSend: toSend ? descriptor : nil, nanoseconds)
    }

    /// The same for several, of which one may be waited for to be written.
    public static func wait(
        _ descriptors: [Int32], toSend sender: Int32?, nanoseconds: UInt64
    ) throws(SocketError) {
        var readable = fd_set()
        var last: Int32 = -1
        for descriptor in descriptors {
            try insert(descriptor, &readable)
            last = max(last, descriptor)
        }
        try wait(&readable, last: last, toSend: sender, nanoseconds)
    }

    private static func wait(
        _ readable: inout fd_set, last: Int32, toSend sender: Int32?, _ nanoseconds: UInt64
    ) throws(SocketError) {
        var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        let count: Int32
        if let sender {
            // Reading counts here, too: a full send buffer never empties while neither end reads.
            var writable = fd_set()
            try insert(sender, &writable)
            count = pselect(max(last, sender) + 1, &readable, &writable, nil, &time, nil)
        } else {
            count = pselect(last + 1, &readable, nil, nil, &time, nil)
        }
        guard count >= 0 || errno == EINTR else { throw SocketError(.wait, errno) }
    }

    /// FD_SET, which is a macro and so not there in Swift.
    private static func insert(_ descriptor: Int32, _ set: inout fd_set) throws(SocketError) {
        // For a larger number it writes past the end of fd_set (select(2)).
        guard descriptor < Int32(FD_SETSIZE) else { throw SocketError(.wait, EMFILE) }
        withUnsafeMutableBytes(of: &set) { $0[Int(descriptor) / 8] |= 1 << UInt8(descriptor % 8) }
    }
}
