import Fuzzing
import Testing

@Suite("The corpus of inputs")
struct CorpusTests {
    @Test("every input that an entrance was once given holds, those that failed among them", arguments: Entrances.names)
    func holds(_ name: String) throws {
        let entrance = try #require(try Entrances.make(name))
        let campaign = Campaign(entrance, corpus: [], seed: 0)
        var accepted = 0
        for entry in CorpusFiles.of(name).entries {
            switch campaign.attempt(entry.input).0 {
            case .success(.accepted): accepted += 1
            case .success(.refused): break
            case .failure(let violation): Issue.record("\(name)/\(entry.name): \(violation)")
            }
        }
        #expect(accepted > 0, "an entrance is looked behind only by inputs that it takes")
    }

    @Test("a corpus is read in the order of its names, and one that is not there is empty")
    func reads() {
        let names = CorpusFiles.of("quantity").entries.map(\.name)
        #expect(names.count > 20 && names == names.sorted())
        #expect(CorpusFiles.of("nowhere").inputs.isEmpty)
    }
}
