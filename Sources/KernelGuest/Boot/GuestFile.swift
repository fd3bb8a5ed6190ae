import Foundation

/// Files of a guest, in its private directory.
enum GuestFile {
    static func write(_ data: Data, to path: String) throws(GuestError) {
        do {
            try data.write(to: URL(fileURLWithPath: path))
        } catch {
            throw GuestError(
                operation: "write",
                object: path,
                cause: error.localizedDescription,
                nextStep: "see that its directory exists and has room"
            )
        }
    }

    /// The last words of the guest's kernel; empty when it said nothing.
    static func tail(_ path: String, lines: Int = 5) -> String {
        let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        return text.split(whereSeparator: \.isNewline).suffix(lines).joined(separator: "\n")
    }
}
