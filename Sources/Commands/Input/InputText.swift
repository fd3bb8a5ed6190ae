import Glibc

/// Text that a person names on the command line: a file, a pipe such as `<(…)`, or standard input as `-`.
enum InputText {
    /// What `-` stands for in messages.
    static let standardInput = "standard input"

    /// More than any document that this program writes; who gives an endless device gets an answer.
    private static let longest = 1 << 30

    /// Reads all of it as UTF-8; a reason in words when that cannot be.
    static func read(_ path: String) -> Result<String, InputProblem> {
        guard path != "-" else { return text(of: STDIN_FILENO) }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .failure(InputProblem(String(cString: strerror(errno)))) }
        defer { close(descriptor) }
        return text(of: descriptor)
    }

    private static func text(of descriptor: Int32) -> Result<String, InputProblem> {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { break }
            if count > 0 {
                bytes += chunk[..<count]
            } else if errno == EAGAIN {
                var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                _ = poll(&entry, 1, 1_000)
            } else if errno != EINTR {
                return .failure(InputProblem(String(cString: strerror(errno))))
            }
            guard bytes.count <= longest else {
                return .failure(InputProblem("it has more than \(longest >> 20) MiB"))
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(InputProblem("it is not UTF-8 text"))
        }
        return .success(text)
    }
}
