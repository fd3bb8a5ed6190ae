import Contract
import Quantities

/// How many packets of which size are sent how fast, so that they tell of an effect; pure.
struct PathPlan: Sendable {
    /// Packets of a reading that is about round trips alone.
    static let few = 11
    /// The fewest and the most that chances are counted with.
    static let many = 300...2_000
    /// How many of those that are sent should meet their chance, if so many can be sent.
    private static func wanted(_ purpose: PathPurpose) -> Double { purpose == .size ? 60 : 10 }
    /// Room in a server for whatever is sent.
    static let largestPayload = 65_507
    /// The usual payload, and one of which headers are a small part.
    private static let payloads = (small: 64, large: 1_000)
    /// How much faster than the rate a burst is.
    private static let excess = 1.5
    /// A burst lasts so long, if packets are not too large for that.
    private static func burstSeconds(_ purpose: PathPurpose) -> Double { purpose == .size ? 0.8 : 0.4 }
    private static let burstPackets = 30...20_000

    let count: Int
    let interval: Double
    let timeout: Double
    let payloadSize: Int
    private let isUnchecked: Bool
    private let isEcho: Bool
    private let ownPort: UInt16?
    private let isFresh: Bool
    private let burstPlan: (payload: Int, count: Int, interval: Double, timeout: Double)?

    init(
        _ effect: ExpectedEffect, _ traffic: PathTraffic, family: IPAddress.Family, longest: Double,
        for purpose: PathPurpose = .size, budget: Double = .infinity, patience: Double = 0.4
    ) {
        let headers = (family == .ipv4 ? 20 : 40) + (traffic.carrier == .tcp ? 20 : 8)
        let shares = [effect.spoiled, effect.duplicated, effect.overtaking].compactMap { $0?.upperBound }
        let rarest = shares.filter { $0 > 0 }.min()
        let wanted =
            rarest.map { min(max(Int(Self.wanted(purpose) / $0), Self.many.lowerBound), Self.many.upperBound) }
            ?? Self.few
        let usual = effect.spoiled == nil ? Self.payloads.small : Self.payloads.large
        let payload = traffic.packetBytes.map { max($0 - headers, PathProbe.smallestPayload) } ?? usual
        payloadSize = payload
        // Packets overtake only those that are still under way, and wait for each other where a link is slow.
        var interval = rarest == nil ? 0.002 : 0.000_5
        if effect.overtaking != nil { interval = min(interval, max(longest, 0.001) / 8) }
        if let rate = effect.rate { interval = max(interval, Double(payload + headers + 14) * 8 / rate * 1.5) }
        self.interval = interval
        // What begins and ends an agent, and a burst, have their part of the time.
        count = max(Self.few, min(wanted, budget.isFinite ? Int(budget / 2 / interval) : wanted))
        // What is waited for what never comes; nothing is waited for where all comes.
        timeout = min(longest * 3 + patience, 60)
        isUnchecked = effect.spoiled != nil
        isEcho = traffic.carrier == .icmp
        ownPort = traffic.ownPort
        isFresh = traffic.isFresh
        burstPlan = effect.rate.flatMap { Self.burst(at: $0, headers: headers + 14, longest: longest, for: purpose) }
    }

    /// How long a reading takes, in seconds, without bursts.
    var seconds: Double { Double(count) * interval + timeout }

    /// How long a burst takes.
    var burstSeconds: Double { burstPlan.map { Double($0.count) * $0.interval + $0.timeout } ?? 0 }

    func probe(to target: IPAddress, port: UInt16) -> PathProbe {
        PathProbe(
            target: target, port: port, ownPort: ownPort, count: count, intervalNanoseconds: UInt64(interval * 1e9),
            timeoutNanoseconds: UInt64(timeout * 1e9), payloadSize: payloadSize, isUnchecked: isUnchecked,
            isEcho: isEcho, isFresh: isFresh)
    }

    /// More than a rate lets through; nil where none is asked about, or none that could be measured in a few seconds.
    func burst(to target: IPAddress, port: UInt16) -> PathProbe? {
        burstPlan.map { plan in
            PathProbe(
                target: target, port: port, ownPort: ownPort, count: plan.count,
                intervalNanoseconds: UInt64(plan.interval * 1e9), timeoutNanoseconds: UInt64(plan.timeout * 1e9),
                payloadSize: plan.payload, isEcho: isEcho)
        }
    }

    private static func burst(
        at rate: Double, headers: Int, longest: Double, for purpose: PathPurpose
    ) -> (payload: Int, count: Int, interval: Double, timeout: Double)? {
        // As large as fits into a packet of Ethernet, and smaller where thirty of those would take longer than 4 s.
        let largest = min(1_400, Int(rate * 4 / 8 / Double(burstPackets.lowerBound)) - headers)
        guard largest >= PathProbe.smallestPayload else { return nil }
        let bits = Double((largest + headers) * 8)
        let count = min(
            max(Int(rate * burstSeconds(purpose) / bits), burstPackets.lowerBound), burstPackets.upperBound)
        // What waits at the slow link when the last one was sent.
        let queued = Double(count) * bits / rate * (1 - 1 / excess)
        return (largest, count, bits / rate / excess, queued + longest * 3 + 0.5)
    }
}
