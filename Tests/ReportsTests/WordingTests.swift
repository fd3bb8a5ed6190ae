import Testing

@testable import Reports

@Suite("words for numbers of things")
struct WordingTests {
    @Test("counts are given in round numbers with commas")
    func magnitudes() {
        #expect(Wording.magnitude([18_000, 123_456]) == "18,000 to 120,000")
        #expect(Wording.grouped(-1_234_567) == "-1,234,567")
        #expect(Wording.title("cpu_per_gibibyte") == "CPU per gibibyte")
    }
}
