import Glibc

/// Talk to a person, apart from data.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    static func print(_ text: String, terminator: String = "\n") {
        var bytes = Array((text + terminator).utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            bytes = bytes.dropFirst(written)
        }
    }
}
