import Glibc

/// Writing to a descriptor that somebody else opened: a file, a terminal, a pipe that may be set not to wait.
public enum OutputDescriptor {
    /// Writes all of the bytes, or throws why not all of them are there.
    ///
    /// A reader that is slow is waited for, as the kernel itself does where a descriptor waits (write(2), poll(2)); one
    /// that is gone is EPIPE, a full file system ENOSPC, a descriptor that is closed EBADF. SIGPIPE has to be ignored.
    public static func write(_ bytes: [UInt8], to descriptor: Int32, called name: String) throws(HostError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            let code = count < 0 ? errno : EIO
            switch code {
            case EINTR: continue
            case EAGAIN: waitForRoom(in: descriptor)
            default:
                throw HostError(operation: "write to", object: name, errno: code, hint: advice(for: code))
            }
        }
    }

    /// Comes back when something can be written, or when trying again will say why not.
    private static func waitForRoom(in descriptor: Int32) {
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&entry, 1, 1_000)
    }

    private static func advice(for code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT, EFBIG: "What is there is not whole: make room and print it again"
        case EPIPE: "Its reader went away before the end"
        case EBADF: "It is closed"
        default: "What is there may not be whole"
        }
    }
}
