import Contract
import Quantities
import Statistics

/// What became of numbered packets: who came, how often, when, and in which order; pure.
struct PathTally: Sendable {
    private var sentAt: [UInt64]
    private var copies: [UInt8]
    /// The numbers of those that came, in the order in which they did.
    private var order: [Int] = []
    private var histogram = LatencyHistogram()
    private var corrupted = 0
    private var firstArrival: UInt64 = 0
    private var arrivals = 0
    private let frameBytes: Int
    /// Packets that came back whole, each counted once.
    private(set) var answered = 0
    /// When the last one came.
    private(set) var lastArrival: UInt64 = 0

    init(count: Int, frameBytes: Int) {
        sentAt = [UInt64](repeating: 0, count: count)
        copies = [UInt8](repeating: 0, count: count)
        self.frameBytes = frameBytes
    }

    /// Bytes of Ethernet, IP and UDP before the payload.
    static func headers(_ family: IPAddress.Family) -> Int { 14 + (family == .ipv4 ? 20 : 40) + 8 }

    mutating func send(_ number: Int, at time: UInt64) { sentAt[number] = time }

    mutating func corrupt() { corrupted += 1 }

    mutating func arrive(_ number: Int, at time: UInt64) {
        guard copies.indices.contains(number), sentAt[number] > 0 else {
            corrupted += 1
            return
        }
        if arrivals == 0 { firstArrival = time }
        arrivals += 1
        lastArrival = time
        copies[number] = copies[number] == .max ? .max : copies[number] + 1
        guard copies[number] == 1 else { return }
        answered += 1
        order.append(number)
        histogram.record(nanoseconds: time >= sentAt[number] ? time - sentAt[number] : 0)
    }

    /// What there is to say.
    func reading() -> PathReading {
        let sent = sentAt.filter { $0 > 0 }
        var reading = PathReading(
            sent: sentAt.count, answered: answered, duplicated: copies.count { $0 > 1 }, overtaking: overtaking,
            corrupted: corrupted)
        if answered > 0 {
            reading.roundTrip = Double(histogram.percentile(50)) / 1e9
            reading.quickest = Double(histogram.min) / 1e9
            reading.roundTripP99 = Double(histogram.percentile(99)) / 1e9
            reading.histogram = histogram.json()
        }
        reading.rate = rate(arrivals, from: firstArrival, to: lastArrival)
        reading.sentRate = rate(sent.count, from: sent.first ?? 0, to: sent.last ?? 0)
        return reading
    }

    /// Those that came before one with a smaller number.
    private var overtaking: Int {
        var smallest = Int.max
        var count = 0
        for number in order.reversed() {
            if smallest < number { count += 1 }
            smallest = min(smallest, number)
        }
        return count
    }

    /// The first only begins the time.
    private func rate(_ packets: Int, from first: UInt64, to last: UInt64) -> Double? {
        guard packets > 1, last > first else { return nil }
        return Double((packets - 1) * frameBytes * 8) / (Double(last - first) / 1e9)
    }
}
