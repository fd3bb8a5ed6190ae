/// Finds the valid name that someone probably meant.
public enum NearestName {
    /// The nearest of `candidates`, when it is near enough to be worth a question.
    public static func of(_ text: String, among candidates: [String]) -> String? {
        let word = text.lowercased()
        let ranked = candidates.map { (name: $0, distance: distance(word, $0.lowercased())) }
            .min { $0.distance < $1.distance }
        if let ranked, ranked.distance <= max(1, min(word.count, ranked.name.count) / 3) { return ranked.name }
        // A part of a name is far from the whole by edits, but still says which one is meant.
        guard word.count >= 3 else { return nil }
        let related = candidates.filter { $0.lowercased().contains(word) || word.contains($0.lowercased()) }
        return related.count == 1 ? related.first : nil
    }

    /// Edits that turn one word into the other: insert, delete, replace, or swap two neighbours.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.prefix(64))
        let right = Array(right.prefix(64))
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let substitution = previous[column] + (left[row] == right[column] ? 0 : 1)
                var best = min(previous[column + 1] + 1, current[column] + 1, substitution)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforePrevious[column - 1] + 1)
                }
                current.append(best)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
