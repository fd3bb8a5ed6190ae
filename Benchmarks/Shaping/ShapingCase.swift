import Contract

/// One setting, as this program and as `tc` are asked for it.
struct ShapingCase: Sendable {
    /// How what it does is measured.
    enum Measure: Sendable {
        /// How much longer so many round trips are, in milliseconds: the shortest of them.
        case delay(roundTrips: Int)
        /// How many of so many datagrams do not arrive.
        case loss(of: Int, bytes: Int)
        /// How many consecutive ones are lost at a time.
        case bursts(of: Int)
        /// How many of so many arrive twice.
        case copies(of: Int)
        /// How many of so many arrive before those that are held back.
        case overtaking(of: Int)
        /// How many megabits a second arrive, with Ethernet headers.
        case rate(datagrams: Int)
    }

    let name: String
    let impairment: LinkImpairment
    /// The words after `tc qdisc replace dev eth0 root netem`.
    let words: String
    let asked: Double
    let measure: Measure

    static let all: [ShapingCase] =
        [(1, 30), (10, 20), (100, 6)].map { milliseconds, count in
            ShapingCase(
                name: "delay \(milliseconds) ms",
                impairment: .init(delay: .init(nanoseconds: milliseconds * 1_000_000)),
                words: "delay \(milliseconds)ms", asked: Double(milliseconds), measure: .delay(roundTrips: count))
        }
        + [1, 10, 30].map { percent in
            ShapingCase(
                name: "loss \(percent) %", impairment: .init(loss: .random(.init(Double(percent) / 100))),
                words: "loss \(percent)%", asked: Double(percent) / 100, measure: .loss(of: 20_000, bytes: 64))
        }
        + [
            ShapingCase(
                name: "burst length", impairment: .init(loss: .gilbertElliott(.init(toBad: 0.02, toGood: 0.25))),
                words: "loss gemodel 2% 25%", asked: 4, measure: .bursts(of: 20_000)),
            ShapingCase(
                name: "duplicate 5 %", impairment: .init(duplicate: .init(0.05)), words: "duplicate 5%", asked: 0.05,
                measure: .copies(of: 10_000)),
            ShapingCase(
                // One bit of 1042 bytes; only in the sender's Ethernet address it does no harm.
                name: "corrupt 10 %", impairment: .init(corrupt: .init(0.1)), words: "corrupt 10%",
                asked: 0.1 * (1 - 6.0 / 1_042), measure: .loss(of: 10_000, bytes: 1_000)),
            ShapingCase(
                name: "reorder 25 %",
                impairment: .init(delay: .init(nanoseconds: 500_000_000), reorder: .init(0.25)),
                words: "delay 500ms reorder 25%", asked: 0.25, measure: .overtaking(of: 900)),
        ]
        + [10, 100].map { megabits in
            ShapingCase(
                name: "rate \(megabits) Mbit/s",
                impairment: .init(rate: .init(bitsPerSecond: Double(megabits) * 1e6), limit: 10_000),
                words: "rate \(megabits)mbit limit 10000", asked: Double(megabits),
                measure: .rate(datagrams: megabits * 80))
        }
}
