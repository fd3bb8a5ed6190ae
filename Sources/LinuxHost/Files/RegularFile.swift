import CLinux
import Glibc

/// Small files that others may have exchanged for something else: a pipe, a device, a link, or far too much.
public enum RegularFile {
    /// The whole file, at most `limit` bytes of it; nil when there is none, or something that is no regular file.
    ///
    /// open(2) without waiting and without following a link, and a look at what it is before anything is read.
    public static func read(_ path: String, limit: Int) -> [UInt8]? {
        let descriptor = Glibc.open(path, flags)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return isRegular(descriptor) ? bytes(descriptor, limit) : nil
    }

    /// The first bytes of an entry of a directory; empty for what is no regular file.
    static func head(of name: String, in directory: Int32, bytes count: Int) -> [UInt8] {
        var descriptor: Int32 = -1
        guard count > 0, nm_open_beneath(directory, name, O_RDONLY | O_NONBLOCK | O_NOCTTY, &descriptor) == 0 else {
            return []
        }
        defer { close(descriptor) }
        return isRegular(descriptor) ? bytes(descriptor, count) : []
    }

    private static let flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC

    static func isRegular(_ descriptor: Int32) -> Bool {
        var facts = stat()
        return fstat(descriptor, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }

    private static func bytes(_ descriptor: Int32, _ limit: Int) -> [UInt8] {
        var result: [UInt8] = []
        while result.count < limit {
            let step = min(limit - result.count, 16_384)
            var count = 0
            let part = [UInt8](unsafeUninitializedCapacity: step) { buffer, initialized in
                count = Glibc.read(descriptor, buffer.baseAddress, step)
                initialized = max(count, 0)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            result += part
        }
        return result
    }
}
