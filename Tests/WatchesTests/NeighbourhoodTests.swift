import Statistics
import Testing

@testable import Watches

/// Who checks whom.
@Suite struct NeighbourhoodTests {
    private let names = (0..<200).map { "node\($0)" }

    @Test func isMutualAndLargeEnough() {
        let chosen = Neighbourhood(of: names, degree: 10)
        for (node, others) in chosen.neighbours.enumerated() {
            #expect(others.count >= 5)
            #expect(!others.contains(node))
            #expect(others.allSatisfy { chosen.neighbours[$0].contains(node) })
        }
        let coverage = chosen.coverage
        #expect((1_800...2_000).contains(coverage.directedPairs))
        #expect(coverage.fewest >= 5 && coverage.most < 30)
    }

    @Test func changesOnlyWhereANodeWasTaken() {
        let before = Neighbourhood.taken(by: names, each: 5)
        let after = Neighbourhood.taken(by: Array(names.dropLast()), each: 5)
        for node in after.indices {
            let kept = before[node].filter { $0 != 199 }
            #expect(Array(after[node].prefix(kept.count)) == kept)
        }
    }

    @Test func followsFromTheNamesAndNotFromTheirOrder() {
        var generator = SeededGenerator(seed: 1)
        let mixed = generator.shuffled(names)
        let one = Neighbourhood(of: names, degree: 6)
        let other = Neighbourhood(of: mixed, degree: 6)
        for (node, name) in mixed.enumerated() {
            let same = one.neighbours[names.firstIndex(of: name) ?? 0].map { names[$0] }
            #expect(Set(other.neighbours[node].map { mixed[$0] }) == Set(same))
        }
    }

    @Test(arguments: [0, 1, 2, 3]) func fewNodesHaveAllOthers(_ count: Int) {
        let chosen = Neighbourhood(of: Array(names.prefix(count)), degree: 10)
        #expect(chosen.neighbours == Neighbourhood(fullMeshOf: count).neighbours)
        #expect(chosen.coverage.share == 1)
    }
}
