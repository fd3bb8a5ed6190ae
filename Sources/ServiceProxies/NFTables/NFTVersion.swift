/// What `nft --version` says of itself, to be compared with the oldest that works.
struct NFTVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
    var major: Int
    var minor: Int
    var patch: Int

    init(major: Int, minor: Int, patch: Int) {
        self.major = major
        self.minor = minor
        self.patch = patch
    }

    /// Takes what `nft --version` prints: `nftables v1.0.6 (Lester Gooch #5)`.
    init?(parsing text: String) {
        guard let word = text.split(whereSeparator: \.isWhitespace).first(where: { $0.hasPrefix("v") }) else {
            return nil
        }
        let parts = word.dropFirst().split(separator: ".").map { Int($0.prefix { $0.isNumber }) }
        guard parts.count >= 2, let major = parts[0], let minor = parts[1] else { return nil }
        self.init(major: major, minor: minor, patch: parts.count > 2 ? parts[2] ?? 0 : 0)
    }

    var description: String { "\(major).\(minor).\(patch)" }

    static func < (left: NFTVersion, right: NFTVersion) -> Bool {
        (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
    }
}
