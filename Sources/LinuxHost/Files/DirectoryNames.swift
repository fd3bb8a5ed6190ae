import Glibc

/// The names in a directory that is open already.
enum DirectoryNames {
    /// Without `.` and `..`, sorted; empty when it cannot be read.
    ///
    /// The descriptor stays open, and its position does not count.
    static func read(_ directory: Int32) -> [String] {
        raw(directory).map { String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }.sorted()
    }

    private static let itself = [CChar](".".utf8CString)
    private static let above = [CChar]("..".utf8CString)

    /// The same as the kernel has them, ended by a zero: a name need not be UTF-8.
    static func raw(_ directory: Int32) -> [[CChar]] {
        // A description of its own, whose position nobody has moved.
        let copy = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return [] }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return []
        }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    Array(UnsafeBufferPointer(start: $0, count: strlen($0) + 1))
                }
            }
            if name != Self.itself && name != Self.above { names.append(name) }
        }
        return names
    }
}
