import Glibc

/// Progress and complaints; the tables alone go to standard output.
enum StandardError {
    static func print(_ text: String) {
        let bytes = Array("\(text)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
