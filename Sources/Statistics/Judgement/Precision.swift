/// How precisely a median is known: the measure by which adaptive repetition stops.
public enum Precision {
    /// Fewer values than this cannot give a 95 % interval of the median.
    ///
    /// All n values together cover the median with a probability of 1 - 2^(1 - n): 94 % for 5, 97 % for 6.
    public static let fewestValues = 6

    /// Half the width of the median's bootstrap interval, as a fraction of the median.
    ///
    /// `nil` when there is none to trust: fewer than `fewestValues` values, one that is not finite, or a median of 0.
    /// A run that repeats until a precision is reached then goes on.
    public static func relativeHalfWidth(
        of values: [Double],
        confidence: Double = 0.95,
        seed: UInt64 = 0
    ) -> Double? {
        guard
            values.count >= fewestValues,
            let median = Descriptive.median(values),
            let interval = Bootstrap.medianInterval(values, confidence: confidence, seed: seed)
        else { return nil }
        return interval.relativeHalfWidth(around: median)
    }
}
