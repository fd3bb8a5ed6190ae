import CLibcurl

/// Why there was no answer.
public struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What it was.
    public enum Kind: Sendable, Equatable {
        /// The system refused a connection, with this errno value.
        case system(Int)
        /// It took too long.
        case timedOut
        /// The other end broke off, or said nothing.
        case brokenOff
        /// TLS did not come to stand: a certificate that is not trusted, or no common ground.
        case tls
        /// There is no such name.
        case noSuchName
        /// What came is not HTTP.
        case notHTTP
        /// libcurl is not there.
        case missing
        /// Anything else, by libcurl's number.
        case other(Int)
    }

    /// What it was.
    public let kind: Kind
    /// The same in words, mostly libcurl's.
    public let words: String

    init(kind: Kind, words: String) {
        self.kind = kind
        self.words = words
    }

    init(_ answer: nm_http_answer) {
        let words = withUnsafeBytes(of: answer.words) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        // The numbers of libcurl's CURLcode, which do not change.
        let kind: Kind =
            switch answer.code {
            case 6: .noSuchName
            case 7: answer.system_error == 0 ? .timedOut : .system(answer.system_error)
            case 28: .timedOut
            case 1, 8: .notHTTP
            case 35, 51, 60, 83, 90, 91: .tls
            case 18, 52, 55, 56: .brokenOff
            default: .other(Int(answer.code))
            }
        self.init(kind: kind, words: "\(words) (libcurl \(answer.code))")
    }

    /// The words.
    public var description: String { words }
}
