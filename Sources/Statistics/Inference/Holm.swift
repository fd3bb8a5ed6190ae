/// The correction of Holm (1979) for asking several questions at once: "A simple sequentially rejective procedure".
public enum Holm {
    /// The adjusted p-values, in the order given.
    ///
    /// Comparing them with a level keeps the probability of even one false alarm among all of them below that level,
    /// whatever their dependence. Values are held to 0...1, and what is not a number counts as 1.
    public static func adjust(_ pValues: [Double]) -> [Double] {
        let held = pValues.map { $0.isNaN ? 1 : min(max($0, 0), 1) }
        // Equal p-values keep their order, so that the same input always gives the same result.
        let order = held.indices.sorted { (held[$0], $0) < (held[$1], $1) }
        var result = held
        var largest = 0.0
        for (step, index) in order.enumerated() {
            // Adjusted values never fall: a question counts as decided only when all with smaller p-values are.
            largest = max(largest, min(1, held[index] * Double(held.count - step)))
            result[index] = largest
        }
        return result
    }

    /// The level at which each question was decided, in the order given: what its own p-value had to stay below.
    ///
    /// The k-th smallest of n p-values is held to level / (n - k + 1); with the first that is not below, all larger
    /// ones are held to the same. An interval of this level leaves out "no change" exactly where the adjusted p-value
    /// is below `level`.
    public static func levels(_ pValues: [Double], level: Double) -> [Double] {
        let held = pValues.map { $0.isNaN ? 1 : min(max($0, 0), 1) }
        let order = held.indices.sorted { (held[$0], $0) < (held[$1], $1) }
        var result = held
        var isDecided = false
        var current = level
        for (step, index) in order.enumerated() {
            if !isDecided { current = level / Double(held.count - step) }
            isDecided = isDecided || held[index] >= current
            result[index] = current
        }
        return result
    }
}
