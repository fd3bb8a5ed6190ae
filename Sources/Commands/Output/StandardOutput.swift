import Contract
import Glibc
import LinuxHost

/// Data: everything that a command prints goes through here, and is there as a whole or the command fails.
enum StandardOutput {
    /// Writes a text and its end at once; nothing waits in a buffer until after the exit code was chosen.
    static func print(_ text: String, terminator: String = "\n") throws(CommandFailure) {
        do {
            try OutputDescriptor.write(Array((text + terminator).utf8), to: STDOUT_FILENO, called: "standard output")
        } catch {
            throw CommandFailure(.environmentLacks, error.description)
        }
    }
}
