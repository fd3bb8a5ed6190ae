import Contract
import Quantities

extension TestReading {
    /// How many requests of an open loop can wait for their replies at once; the agent keeps the time of each.
    private static let largestOpen = 4_194_304.0
    /// What a datagram needs for the number that tells a late reply from a new one.
    private static let smallestDatagram = ByteCount(bytes: 4)

    /// The limits that the agent has for an open loop.
    func checkOpenLoop(
        _ sizes: [ByteCount],
        _ transport: Transport?,
        _ rates: [Performance.Rate],
        timeout: TimeSpan?
    ) {
        if transport == .udp, let tooSmall = sizes.first(where: { $0 < Self.smallestDatagram }) {
            keyed[.messageSize]?.fail(
                "an open loop over udp numbers its messages and needs at least \(Self.smallestDatagram), found \(tooSmall)"
            )
        }
        let events = rates.compactMap { rate in if case .events(let events) = rate { events } else { nil } }.max()
        guard let events, let timeout else { return }
        let open = events.perSecond * timeout.seconds
        if open > Self.largestOpen {
            (keyed[.timeout] ?? keyed[.rate])?.fail(
                "at \(events), \(Int(open)) requests can wait for their replies within \(timeout), and at most "
                    + "\(Int(Self.largestOpen)) may; use a shorter timeout or a lower rate"
            )
        }
    }
}
