/// A text for `iptables-restore`, `nft` or `ipset`, written as it will be read there, with values in between:
/// `"-A KUBE-SEP-\(hash) -s \(address) -j KUBE-MARK-MASQ"`.
///
/// A literal becomes pieces, which stay on the stack until ``TextBuffer`` puts them one behind the other in one go. No
/// `String` is made and nothing is allocated, and that is faster than appending each value by itself.
struct RuleText: ExpressibleByStringInterpolation, StringInterpolationProtocol {
    typealias StringInterpolation = RuleText

    /// 16 bytes without a reference in them: what is counted would have to be counted for each rule.
    enum Piece {
        case fixed(UnsafePointer<UInt8>, UInt32)
        case word(Word)
        case number(UInt)
        case address(IPv4Address)
        case range(IPv4Address, UInt8)
        case endpoint(IPv4Address, UInt16)
        case base32(UInt64)

        /// The most bytes that it takes.
        @inline(__always)
        var longest: Int {
            switch self {
            case .fixed(_, let count): Int(count)
            case .word(let word): word.range.count
            case .number: 20
            case .address: 15
            case .range: 18
            case .endpoint: 21
            case .base32: 8
            }
        }
    }

    private(set) var pieces = InlineArray<16, Piece>(repeating: .number(0))
    private(set) var count = 0
    /// The most bytes that all pieces take.
    private(set) var longest = 0

    @inline(__always)
    init(literalCapacity: Int, interpolationCount: Int) {}

    @inline(__always)
    init(stringInterpolation: RuleText) { self = stringInterpolation }

    @inline(__always)
    init(stringLiteral: StaticString) { appendLiteral(stringLiteral) }

    @inline(__always)
    mutating func appendLiteral(_ literal: StaticString) {
        guard literal.utf8CodeUnitCount > 0 else { return }
        add(.fixed(literal.utf8Start, UInt32(truncatingIfNeeded: literal.utf8CodeUnitCount)))
    }

    /// A text that is known when this is compiled.
    @inline(__always)
    mutating func appendInterpolation(_ text: StaticString) { appendLiteral(text) }

    /// A text of the ``Words`` that are given to the buffer.
    @inline(__always)
    mutating func appendInterpolation(_ word: Word) { add(.word(word)) }

    /// A number that is not negative.
    @inline(__always)
    mutating func appendInterpolation(_ number: Int) { add(.number(UInt(bitPattern: number))) }

    @inline(__always)
    mutating func appendInterpolation(_ port: UInt16) { add(.number(UInt(port))) }

    @inline(__always)
    mutating func appendInterpolation(_ address: IPv4Address) { add(.address(address)) }

    /// `10.244.0.0/24`.
    @inline(__always)
    mutating func appendInterpolation(_ range: IPv4Range) {
        add(.range(range.base, UInt8(truncatingIfNeeded: range.prefixLength)))
    }

    /// `10.128.0.1:8080`.
    @inline(__always)
    mutating func appendInterpolation(_ endpoint: ServiceEndpoint) { add(.endpoint(endpoint.address, endpoint.port)) }

    /// `DARI5RCMN2KZWPPO`.
    @inline(__always)
    mutating func appendInterpolation(_ hash: NameHash) {
        add(.base32(hash.first))
        if let second = hash.second { add(.base32(second)) }
    }

    /// `tcp`.
    @inline(__always)
    mutating func appendInterpolation(_ transport: ServiceProtocol) {
        appendLiteral(transport == .tcp ? "tcp" : "udp")
    }

    /// A part of a rule that is not always there.
    @inline(__always)
    mutating func appendInterpolation(_ part: RuleText) {
        for index in 0..<part.count { add(part.pieces[index]) }
    }

    @inline(__always)
    private mutating func add(_ piece: Piece) {
        // A rule of more is written as two texts.
        pieces[count] = piece
        count += 1
        longest += piece.longest
    }
}
