/// The line with the least sum of squared distances.
enum LeastSquares {
    /// The slope of the line through points; not finite when all lie above one another.
    static func slope(_ x: [Double], _ y: [Double]) -> Double {
        let centre = x.reduce(0, +) / Double(x.count)
        // y need not be centred: its mean times the sum of (x - centre) is 0.
        let above = zip(x, y).reduce(0) { $0 + ($1.0 - centre) * $1.1 }
        return above / x.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    }
}
