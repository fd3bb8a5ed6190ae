import Testing

@testable import Probes

@Suite("The search for the largest packet that passes")
struct PathMTUSearchTests {
    /// Searches on a path that passes sizes up to `limit`, and says so or not.
    private static func search(limit: Int, largest: Int, hint: ((Int) -> Int?)?) -> (found: Int?, steps: Int) {
        var search = PathMTUSearch(smallest: 16, largest: largest)
        var steps = 0
        while let size = search.next, steps < 200 {
            steps += 1
            if size <= limit {
                search.passes()
            } else if let hint {
                search.tooLarge(hint: hint(size))
            } else {
                search.silence()
            }
        }
        return (search.passed, steps)
    }

    @Test("it finds every limit, whether hosts say the truth, nothing, or something else")
    func everyLimit() {
        for limit in stride(from: 16, through: 1_500, by: 7) {
            for largest in [1_472, 8_972] {
                let right = min(limit, largest)
                #expect(Self.search(limit: limit, largest: largest) { _ in limit }.found == right)
                #expect(Self.search(limit: limit, largest: largest) { _ in nil }.found == right)
                #expect(Self.search(limit: limit, largest: largest) { $0 - 1 }.found == right)
                #expect(Self.search(limit: limit, largest: largest) { _ in 0 }.found == right)
                #expect(Self.search(limit: limit, largest: largest, hint: nil).found == right)
            }
        }
    }

    @Test("a whole link takes one step, the truth three, and silence as many as halving takes, twice each")
    func steps() {
        #expect(Self.search(limit: 1_472, largest: 1_472, hint: nil).steps == 1)
        #expect(Self.search(limit: 1_372, largest: 1_472) { _ in 1_372 }.steps <= 3 + 7)
        #expect(Self.search(limit: 1_372, largest: 1_472, hint: nil).steps <= 2 * 13)
    }

    @Test("where nothing passes nothing is found, soon")
    func nothing() {
        let result = Self.search(limit: 0, largest: 1_472, hint: nil)
        #expect(result.found == nil)
        #expect(result.steps == 4)
    }
}
