import Fuzzing
import Glibc
import Testing

@Suite("Campaigns")
struct CampaignTests {
    /// Wrong for every input with a `!` in it, refused without an `a`.
    private struct Stub: Entrance {
        let name = "stub"
        let words = ["!"]

        func take(_ input: [UInt8]) throws(Violation) -> Answer {
            if input.contains(UInt8(ascii: "!")) { throw Violation("no exclamation mark", "\(input.count)") }
            return input.contains(UInt8(ascii: "a")) ? .accepted("") : .refused("no \"\(input.count)\" in 7")
        }
    }

    /// Takes a little more than a second of a processor for every input.
    private struct Slow: Entrance {
        let name = "slow"
        let words: [String] = []

        func take(_ input: [UInt8]) -> Answer {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            let end = time.tv_sec + 2
            while time.tv_sec < end { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) }
            return .accepted("")
        }
    }

    @Test("a violation is found, told twice at most, and made as small as it goes")
    func finds() throws {
        var findings: [Finding] = []
        let tally = Campaign(Stub(), corpus: [Array("banana".utf8)], seed: 5).run(0..<3_000) { findings.append($0) }
        #expect(tally.inputs == 3_000)
        #expect(findings.count == 2 && tally.findings == 2)
        let finding = try #require(findings.first)
        #expect(finding.violation.property == "no exclamation mark")
        #expect(finding.input == Array("!".utf8))
        #expect(finding.entrance == "stub")
    }

    @Test("the corpus comes first, unchanged")
    func beginsWithCorpus() {
        var findings: [Finding] = []
        let corpus = [Array("a".utf8), Array("b".utf8), Array("!".utf8)]
        let tally = Campaign(Stub(), corpus: corpus, seed: 6).run(0..<3) { findings.append($0) }
        #expect(tally.accepted == 1 && tally.kinds == 2 && findings.map(\.input) == [Array("!".utf8)])
    }

    @Test("an input that takes longer than a second of a processor is a violation")
    func findsSlowness() {
        let campaign = Campaign(Slow(), corpus: [], seed: 7)
        let (result, time) = campaign.attempt(Array("?".utf8))
        #expect(time > Campaign.patience)
        #expect(
            result
                == .failure(
                    Violation("an answer comes within a second", "1 bytes took \(time / 1_000_000) ms of a processor")))
    }

    @Test("a campaign ends when it may not go on")
    func ends() {
        let tally = Campaign(Stub(), corpus: [], seed: 8).run(0..<10_000, mayGoOn: { false }) { _ in }
        #expect(tally.inputs == 0)
    }
}
