import Foundation

/// Files of a guest, in its private directory.
enum GuestFile {
    /// The last words of the guest's kernel; empty when it said nothing.
    static func tail(_ path: String, lines: Int = 5) -> String {
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).suffix(lines).joined(separator: "\n")
    }
}
