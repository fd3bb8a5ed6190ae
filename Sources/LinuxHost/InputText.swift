import Glibc

/// Texts that people name on the command line: files, pipes, and `-` for standard input.
public enum InputText {
    /// Why a text could not be read.
    public struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// The path as it was named.
        public let path: String
        /// What is wrong with it, such as "it is a directory".
        public let reason: String

        /// Path and reason in one sentence.
        public var description: String { "\(path): cannot be read: \(reason)" }
    }

    /// The name of standard input.
    public static let standardInput = "-"

    /// Reads a text to its end.
    ///
    /// - Parameters:
    ///   - path: A file, a pipe, or ``standardInput``.
    ///   - limit: The most bytes; more are an error, so that an endless input ends.
    public static func read(_ path: String, atMost limit: Int) throws(Failure) -> String {
        guard path != standardInput else { return try read(STDIN_FILENO, path, limit) }
        // O_NOCTTY: a terminal that is named must not become the controlling one.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        return try read(descriptor, path, limit)
    }

    /// Whether a path is that of a file that can be read again: no pipe, no terminal, no socket.
    public static func isFile(_ path: String) -> Bool {
        var facts = stat()
        return path != standardInput && stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
    }

    private static func read(_ descriptor: Int32, _ path: String, _ limit: Int) throws(Failure) -> String {
        var bytes: [UInt8] = []
        let step = 65_536
        while true {
            var (count, code) = (0, Int32(0))
            let part = [UInt8](unsafeUninitializedCapacity: step) { buffer, initialized in
                count = Glibc.read(descriptor, buffer.baseAddress, step)
                code = errno
                initialized = max(count, 0)
            }
            guard count >= 0 else {
                guard wait(for: descriptor, after: code) else { throw failure(path, code) }
                continue
            }
            guard count > 0 else { break }
            bytes += part
            guard bytes.count <= limit else {
                throw Failure(path: path, reason: "it has more than \(limit) bytes")
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(path: path, reason: "it is not text in UTF-8 (\(place(ofFirstWrongByteIn: bytes)))")
        }
        return text
    }

    /// Whether reading goes on: after a signal, and as soon as a descriptor that does not block has something.
    private static func wait(for descriptor: Int32, after code: Int32) -> Bool {
        guard code == EAGAIN else { return code == EINTR }
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&entry, 1, -1) >= 0 || errno == EINTR
    }

    private static func failure(_ path: String, _ code: Int32) -> Failure {
        let reason =
            switch code {
            case EISDIR: "it is a directory; name the files in it"
            case ENOENT: "there is no such file"
            case ENOTDIR: "a part of the path is a file, and no directory"
            case EACCES, EPERM: "you may not read it"
            default: HostError.text(of: code)
            }
        return Failure(path: path, reason: reason)
    }

    private static func place(ofFirstWrongByteIn bytes: [UInt8]) -> String {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var (line, count) = (1, 0)
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            count += UTF8.width(scalar)
            if scalar == "\n" { line += 1 }
        }
        return "line \(line), byte \(count + 1) of the file"
    }
}
