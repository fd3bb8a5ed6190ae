import Digests
import Foundation

/// A CNI configuration list as environments hold it: the text of a preset, or the digest of a user's own.
enum NetworkListText {
    /// Whether two of them stand for one list, whatever the order of members and however each is held.
    ///
    /// Runs of earlier versions hold users' own lists as text.
    static func areEqual(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        switch (digest(in: left), digest(in: right)) {
        case (let left?, let right?): return left == right
        case (let digest?, nil): return SHA256Digest(of: right).description == digest
        case (nil, let digest?): return SHA256Digest(of: left).description == digest
        case (nil, nil):
            guard let left = value(left), let right = value(right) else { return false }
            return left == right
        }
    }

    /// The digits in `sha256:DIGITS of bridge, host-local`.
    private static func digest(in text: String) -> String? {
        let prefix = "sha256:"
        guard text.hasPrefix(prefix) else { return nil }
        return String(text.dropFirst(prefix.count).prefix { $0 != " " })
    }

    private static func value(_ text: String) -> ResourceValue? {
        try? JSONDecoder().decode(ResourceValue.self, from: Data(text.utf8))
    }
}
