import CLibcurl

/// An answer, of whatever status, and how long each step took, in nanoseconds.
public struct HTTPAnswer: Sendable, Equatable {
    /// The status, such as 200.
    public let status: Int
    /// Until the name was known; 0 where there was none to look up.
    public let lookup: UInt64
    /// From there until the connection stood.
    public let connect: UInt64
    /// From there until TLS stood; nil without.
    public let tls: UInt64?
    /// From there until the first byte of the answer.
    public let firstByte: UInt64
    /// All of it.
    public let total: UInt64

    init(_ answer: nm_http_answer) {
        func span(_ from: Int64, _ to: Int64) -> UInt64 { UInt64(max(0, to - from)) * 1_000 }
        status = answer.status
        lookup = span(0, answer.looked_up)
        connect = span(answer.looked_up, answer.connected)
        tls = answer.secured > 0 ? span(answer.connected, answer.secured) : nil
        firstByte = span(max(answer.connected, answer.secured), answer.first_byte)
        total = span(0, answer.total)
    }
}
