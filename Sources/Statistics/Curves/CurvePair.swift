/// Two curves at the sizes that both have values at, as places on the axes on which they are straight.
struct CurvePair {
    /// A change of sign of the difference between the curves.
    struct Change {
        /// Where it lies on the axis of sizes.
        let place: Double
        /// The nearest common size before it at which the curves differ.
        let left: Int
        /// The nearest common size after it at which the curves differ.
        let right: Int
        /// Whether the difference, first less second, goes from below 0 to above.
        let isRising: Bool
    }

    let axes: CurveAxes
    /// The common sizes on the axis.
    let places: [Double]
    /// First less second at the common sizes.
    let differences: [Double]
    private let first: MedianResamples
    private let second: MedianResamples
    /// The common sizes as indices into the points of both.
    private let indices: [(first: Int, second: Int)]
    private let heights: [Double]

    init(_ first: MedianResamples, _ second: MedianResamples, axes: CurveAxes) {
        self.first = first
        self.second = second
        self.axes = axes
        let others = Dictionary(
            uniqueKeysWithValues: second.series.points.enumerated().map { ($0.element.x, $0.offset) }
        )
        var places: [Double] = []
        var differences: [Double] = []
        var indices: [(first: Int, second: Int)] = []
        var heights: [Double] = []
        for (index, point) in first.series.points.enumerated() {
            guard let other = others[point.x], let one = point.median, let two = second.series.points[other].median
            else { continue }
            let place = axes.along(point.x)
            let height = axes.up(one)
            let difference = height - axes.up(two)
            // What a logarithmic axis cannot hold is left out.
            guard place.isFinite, difference.isFinite else { continue }
            places.append(place)
            differences.append(difference)
            indices.append((first: index, second: other))
            heights.append(height)
        }
        self.places = places
        self.differences = differences
        self.indices = indices
        self.heights = heights
    }

    /// The differences at the common sizes, by resample.
    var resampledDifferences: [[Double]] {
        (0..<min(first.count, second.count)).map { resample in
            indices.map { index in
                axes.up(first.medians[index.first][resample]) - axes.up(second.medians[index.second][resample])
            }
        }
    }

    /// Where differences at the common sizes change their sign.
    func changes(of differences: [Double]) -> [Change] {
        var result: [Change] = []
        var last: Int?
        for (index, difference) in differences.enumerated() where difference != 0 && !difference.isNaN {
            if let last, (differences[last] < 0) != (difference < 0) {
                // Straight between neighbours. A stretch of equal values has no single crossing: its middle stands for
                // it.
                let share = differences[last] / (differences[last] - difference)
                let place =
                    index == last + 1
                    ? places[last] + share * (places[index] - places[last])
                    : (places[last + 1] + places[index - 1]) / 2
                result.append(Change(place: place, left: last, right: index, isRising: difference > 0))
            }
            last = index
        }
        return result
    }

    /// The height of the first curve at a place between the common sizes.
    func height(at place: Double) -> Double {
        let right = places.firstIndex { $0 >= place } ?? places.count - 1
        guard right > 0, places[right] > place else { return heights[right] }
        let share = (place - places[right - 1]) / (places[right] - places[right - 1])
        return heights[right - 1] * (1 - share) + heights[right] * share
    }

    /// Whether at one of the sizes the first curve lies below the second, or above, in at least a share of resamples.
    func isApart(_ sizes: ClosedRange<Int>, isBelow: Bool, level: Double, in resampled: [[Double]]) -> Bool {
        sizes.contains { size in
            guard isRepeated(size) else { return false }
            let agreeing = resampled.count { isBelow ? $0[size] < 0 : $0[size] > 0 }
            return Double(agreeing) >= level * Double(resampled.count)
        }
    }

    /// Whether both curves have at least two trials at a common size.
    func isRepeated(_ index: Int) -> Bool {
        first.isRepeated(indices[index].first) && second.isRepeated(indices[index].second)
    }

    /// Whether one of the curves has a size between two common ones at which a value is missing.
    func hasGap(between left: Int, and right: Int) -> Bool {
        zip(indices[left..<right], indices[(left + 1)...right]).contains { from, to in
            to.first > from.first + 1 || to.second > from.second + 1
        }
    }
}
