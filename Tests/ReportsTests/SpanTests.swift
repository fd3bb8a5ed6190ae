import Contract
import Testing

@Suite("What held when")
struct SpanTests {
    @Test("a stretch and a series come back from their JSON")
    func roundTrip() throws {
        for end in [nil, 2.5] {
            let span = Span(role: .condition, name: "10ms delay", place: "bridge/node0", start: 0.25, end: end)
            #expect(try Span(json: span.json()) == span)
        }
        let points = [Series.Point(at: 0, value: 0.5), .init(at: 1, value: nil)]
        let series = [Series(name: "loss", unit: "ratio", points: points)]
        #expect(try Series.all(json: Series.json(series)) == series)
    }

    @Test(
        "what ends before it begins, or begins before its trial, is refused",
        arguments: [(2.0, 1.0), (-1.0, 1.0)])
    func backwards(start: Double, end: Double) throws {
        let json = try Span(role: .finding, name: "n", place: "p", start: start, end: end).json()
        #expect(throws: (any Error).self) { try Span(json: json) }
    }
}
