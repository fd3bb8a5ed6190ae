import Statistics

/// Who checks whom in a large network: each node takes some others, and is checked back by those that it took.
///
/// By rendezvous hashing (Thaler and Ravishankar, 1998): each pair has a number that follows from the two names alone, and a node
/// takes those with the highest. Nobody else's coming or going changes what a pair's number is, so a node that goes is replaced
/// only where it was taken.
public struct Neighbourhood: Sendable, Equatable {
    /// The neighbours of each node, by position, in order; if one is another's neighbour, so is the other the one's.
    public let neighbours: [[Int]]

    /// Everyone is everyone's neighbour.
    public init(fullMeshOf count: Int) {
        neighbours = (0..<count).map { node in (0..<count).filter { $0 != node } }
    }

    /// About `degree` neighbours for each of the named nodes: it takes half of them itself, and no node has fewer.
    public init(of names: [String], degree: Int) {
        let taken = Self.taken(by: names, each: min((degree + 1) / 2, max(0, names.count - 1)))
        var sets = [Set<Int>](repeating: [], count: names.count)
        for (node, others) in taken.enumerated() {
            for other in others {
                sets[node].insert(other)
                sets[other].insert(node)
            }
        }
        neighbours = sets.map { $0.sorted() }
    }

    /// The others that each node takes.
    static func taken(by names: [String], each count: Int) -> [[Int]] {
        let keys = names.map(key)
        return names.indices.map { node in
            // Few are kept of many: a short list in order is faster than to sort all.
            var best: [(score: UInt64, other: Int)] = []
            for other in names.indices where other != node && count > 0 {
                let score = score(keys[node], keys[other])
                if best.count == count, let last = best.last, last.score >= score { continue }
                let place = best.firstIndex { $0.score < score } ?? best.count
                best.insert((score, other), at: place)
                if best.count > count { best.removeLast() }
            }
            return best.map(\.other)
        }
    }

    /// FNV-1a over the name's bytes: the same on every machine and in every process.
    private static func key(_ name: String) -> UInt64 {
        name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    private static func score(_ one: UInt64, _ other: UInt64) -> UInt64 {
        var generator = SeededGenerator(seed: one &* 0x9E37_79B9_7F4A_7C15 ^ other)
        return generator.next()
    }

    /// What the choice covers.
    public struct Coverage: Sendable, Equatable {
        /// Pairs of nodes that are checked, in one direction each.
        public var directedPairs: Int
        /// Their part of all pairs, 0 to 1.
        public var share: Double
        /// The fewest neighbours that a node has.
        public var fewest: Int
        /// The most.
        public var most: Int
    }

    /// What the choice covers.
    public var coverage: Coverage {
        let pairs = neighbours.reduce(0) { $0 + $1.count }
        let all = neighbours.count * (neighbours.count - 1)
        return Coverage(
            directedPairs: pairs, share: all > 0 ? Double(pairs) / Double(all) : 1,
            fewest: neighbours.map(\.count).min() ?? 0, most: neighbours.map(\.count).max() ?? 0)
    }
}
