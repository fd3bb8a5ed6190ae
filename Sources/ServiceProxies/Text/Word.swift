/// A text that was put aside in ``Words``: where it is there.
struct Word: Sendable, Hashable {
    private let start: UInt32
    private let count: UInt32

    init(_ range: Range<Int>) {
        start = UInt32(range.lowerBound)
        count = UInt32(range.count)
    }

    /// Its bytes' places.
    @inline(__always)
    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }

    /// The word so many further, where all are as long as this one.
    func advanced(by distance: Int) -> Word {
        let start = range.lowerBound + distance * range.count
        return Word(start..<start + range.count)
    }
}
