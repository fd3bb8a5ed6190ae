import Foundation
import Fuzzing

/// What is said: figures on standard output, findings and trouble on standard error, each line at once.
enum Console {
    /// Prints a line of figures.
    static func print(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

    /// Says a sentence.
    static func say(_ line: String) { FileHandle.standardError.write(Data("\(line)\n".utf8)) }

    /// Keeps the input, and says what was wrong and how to see it again.
    static func tell(_ finding: Finding, in directory: String) {
        let words = "\(finding.entrance): \(finding.violation.description.prefix(1_000))"
        do {
            say("\(words)\n  again: fuzz \(finding.entrance) --replay \(try finding.save(in: directory))")
        } catch {
            say("\(words)\n  the input could not be kept: \(error)")
        }
    }
}
