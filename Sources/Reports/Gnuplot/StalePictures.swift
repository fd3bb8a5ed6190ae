import LinuxHost

/// The pictures of an earlier run of the same name, which would pass for this run's.
///
/// Only files that a report itself would have made are touched. Their name has to be one that `ChartCatalogue` gives to
/// a run of exactly this name: `a` leaves the pictures of `a-b` alone. They have to be PNG files of exactly the width
/// of a report's pictures.
struct StalePictures {
    /// The run's name as file names begin with it.
    let stem: String

    /// Removes what is stale; a file that cannot be removed stays, for it costs no number.
    func remove(from directory: HeldDirectory, keeping current: Set<String>) {
        for file in directory.names where !current.contains(file) && isPictureName(file) {
            guard let start = directory.read(file, first: 24), Self.isPicture(start) else { continue }
            try? directory.remove(file)
        }
    }

    /// Whether a report of a run with this stem could have made a file of this name.
    func isPictureName(_ file: String) -> Bool {
        // The names that we give are of ASCII, where a Character is a byte.
        guard file.utf8.allSatisfy({ $0 < 0x80 }), file.hasPrefix(stem + "-"), file.hasSuffix(".png") else {
            return false
        }
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

    /// Whether a file begins as a PNG file with the width of our pictures.
    private static func isPicture(_ start: [UInt8]) -> Bool {
        start.count == 24 && start.starts(with: PNGFile.signature)
            && start[16..<20].reduce(0) { $0 << 8 | Int($1) } == Int(ChartTheme.width * ChartTheme.scale)
    }
}
