/// Whether one side scatters more than the other.
///
/// The test of Mann and Whitney on the distances from the median of all values of both sides. Taken together and not
/// from the median of each side, the distances can be exchanged between sides that do not differ, so that the p-value
/// is exact for every distribution.
enum SpreadTest {
    /// The two-sided p-value; 1 when a side is empty.
    static func pValue(_ base: [Double], _ candidate: [Double]) -> Double {
        guard let centre = Descriptive.median(base + candidate) else { return 1 }
        return MannWhitney.test(base.map { abs($0 - centre) }, candidate.map { abs($0 - centre) }).pValue
    }
}
