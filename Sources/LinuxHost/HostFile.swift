import Glibc

/// Small files of `/proc` and `/sys`, read and written whole.
enum HostFile {
    /// Reads the file, or throws the `errno` value.
    static func read(_ path: String) throws(Errno) -> String {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Errno(code: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        // Files of `/proc` have a size of 0, so they are read until nothing comes.
        let step = 16_384
        while true {
            var count = 0
            let text = [UInt8](unsafeUninitializedCapacity: step) { buffer, initialized in
                count = Glibc.read(descriptor, buffer.baseAddress, step)
                initialized = max(count, 0)
            }
            if count < 0 {
                let code = errno
                if code == EINTR { continue }
                throw Errno(code: code)
            }
            guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
            bytes += text
        }
    }

    /// Writes the text in one system call, which is what `/proc/sys` expects, or throws the `errno` value.
    static func write(_ text: String, to path: String) throws(Errno) {
        let descriptor = Glibc.open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Errno(code: errno) }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        var count = Glibc.write(descriptor, bytes, bytes.count)
        while count < 0 && errno == EINTR {
            count = Glibc.write(descriptor, bytes, bytes.count)
        }
        guard count == bytes.count else { throw Errno(code: count < 0 ? errno : EIO) }
    }

    /// The file without white space around it, or nothing when it cannot be read.
    static func line(_ path: String) -> String? {
        guard let text = try? read(path) else { return nil }
        let trimmed = text.drop(while: \.isWhitespace)
        guard let end = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
        return String(trimmed[...end])
    }

    /// Where a symbolic link points to, or nothing when it cannot be read.
    static func target(ofLink path: String) -> String? {
        var bytes = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
    }

    /// The names in a directory, without `.` and `..`, sorted; empty when it cannot be read.
    static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                // d_name is NAME_MAX and a zero.
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The inode behind a path, following links, or nothing when there is none.
    static func inode(of path: String) -> UInt64? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        return UInt64(facts.st_ino)
    }
}
