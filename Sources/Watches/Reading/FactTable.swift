/// The facts of one window, those of a check side by side.
struct FactTable: Sendable {
    private(set) var facts: [Fact] = []
    /// Where the facts of each check begin; those of a check without data are none.
    private var starts: [Int32]
    private var counts: [UInt8]

    init(checks: Int) {
        starts = [Int32](repeating: 0, count: checks)
        counts = [UInt8](repeating: 0, count: checks)
        facts.reserveCapacity(checks * 2)
    }

    /// Adds what is known of a check; called once for each.
    mutating func add(_ new: [Fact], of check: Int) {
        starts[check] = Int32(facts.count)
        counts[check] = UInt8(new.count)
        facts += new
    }

    /// Positions of the facts of a check.
    func range(of check: Int) -> Range<Int> {
        let start = Int(starts[check])
        return start..<start + Int(counts[check])
    }
}
