import Foundation

/// The version of this program, with the commit it was built from where `make build` left it beside the binary.
enum ProgramVersion {
    static let number = "0.1.0"

    static let current: String = {
        guard let commit = try? String(contentsOfFile: ProgramPath.file + ".commit", encoding: .utf8) else {
            return number
        }
        return "\(number)+\(commit.trimmingCharacters(in: .whitespacesAndNewlines))"
    }()
}
