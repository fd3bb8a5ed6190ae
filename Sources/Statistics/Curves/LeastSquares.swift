/// The line with the least sum of squared distances.
enum LeastSquares {
    /// The slope of the line through points; not finite when all lie above one another.
    static func slope(_ x: [Double], _ y: [Double]) -> Double {
        let centre = x.reduce(0, +) / Double(x.count)
        let above = zip(x, y).reduce(0) { $0 + ($1.0 - centre) * $1.1 }
        return above / x.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    }
}
