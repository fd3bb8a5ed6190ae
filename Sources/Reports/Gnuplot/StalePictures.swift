import Foundation

/// The pictures of an earlier run of the same name, which would pass for this run's.
///
/// Only files that a report itself would have made are touched: their name has to be one that `ChartCatalogue` gives to
/// a run of this name and of no longer one (`a` leaves the pictures of `a-b` alone), and they have to be PNG files of
/// exactly the width of a report's pictures.
struct StalePictures {
    /// The run's name as file names begin with it.
    let stem: String

    /// Removes what is stale; a file that cannot be removed stays, for it costs no number.
    func remove(from directory: String, keeping current: Set<String>) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        for file in files where !current.contains(file) && isPictureName(file) {
            let path = directory + "/" + file
            guard Self.isPicture(path) else { continue }
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    /// Whether a report of a run with this stem could have made a file of this name.
    func isPictureName(_ file: String) -> Bool {
        guard file.hasPrefix(stem + "-"), file.hasSuffix(".png") else { return false }
        var rest = file.dropFirst(stem.count + 1).dropLast(".png".count)
        if let tilde = rest.lastIndex(of: "~") {
            guard Self.isNumber(rest[rest.index(after: tilde)...]) else { return false }
            rest = rest[..<tilde]
        }
        // Names of metrics have no dashes, so that the first part is the metric, or the word for the ratios.
        var parts = rest.split(separator: "-", omittingEmptySubsequences: false)
        guard !parts.contains(where: \.isEmpty), !parts.isEmpty else { return false }
        parts.removeFirst()
        if parts.first == "cdf" || parts.first == "by" { return true }
        if let first = parts.first, ["trials", "percentiles", "timeline"].contains(first) { parts.removeFirst() }
        return parts.isEmpty || parts.count == 1 && Self.isNumber(parts[0])
    }

    private static func isNumber(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// Whether a regular file begins as a PNG file with the width of our pictures.
    private static func isPicture(_ path: String) -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        guard let data = try? file.read(upToCount: 24), data.count == 24 else { return false }
        let bytes = [UInt8](data)
        let width = bytes[16..<20].reduce(0) { $0 << 8 | Int($1) }
        return bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            && width == Int(ChartTheme.width * ChartTheme.scale)
    }
}
