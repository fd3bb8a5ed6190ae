import Testing

@testable import Commands

@Suite("Durations for people")
struct DurationTextTests {
    @Test(
        "the unit fits the size",
        arguments: [
            (Duration.milliseconds(840), "0.8 s"), (.seconds(9.94), "9.9 s"), (.seconds(9.96), "10 s"),
            (.seconds(59), "59 s"), (.seconds(60), "1m00s"), (.seconds(185), "3m05s"), (.seconds(3720), "1h02m"),
            (.zero, "0.0 s"),
        ]
    )
    func words(_ duration: Duration, _ words: String) {
        #expect(DurationText.words(duration) == words)
    }
}
