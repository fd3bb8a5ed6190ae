import Glibc
import LinuxHost
import Quantities

/// Talk to a person, apart from data.
enum StandardError {
    static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Moves to the start of the line and clears it; the one sequence that we send to a terminal.
    static let clearedLine = "\r\u{1B}[K"

    /// Says something; what others put into it cannot act on the terminal.
    ///
    /// An error of the write is ignored: there is nowhere left to say it.
    static func print(_ text: String, over cleared: String = "", terminator: String = "\n") {
        let bytes = Array((cleared + VisibleText.lines(text) + terminator).utf8)
        try? OutputDescriptor.write(bytes, to: STDERR_FILENO, called: "standard error")
    }
}
