import Contract
import Quantities

/// Turns what was counted into events; pure.
enum PacketReport {
    /// What is said about as many datagrams as went.
    static func flood(_ step: PacketStep) -> [ProbeEvent] {
        [
            sample(ProbeMetrics.packetRate, step.receivedRate),
            sample(ProbeMetrics.packetRateSent, step.sentRate),
        ] + counts(step)
    }

    /// What a search came to, with every step that it took.
    static func search(_ end: RateSearch.End, _ log: SearchLog, _ probe: PacketProbe, limit: Double) -> [ProbeEvent] {
        let steps = [log.artifact, sample(ProbeMetrics.searchSteps, Double(log.steps.count))]
        switch end {
        case .found(let found):
            var events = steps + [sample(ProbeMetrics.highestPacketRate, found.rate)]
            if let failed = found.failed { events.append(sample(ProbeMetrics.lowestFailedPacketRate, failed)) }
            events.append(sample(ProbeMetrics.generatorLimited, found.isGeneratorLimited ? 1 : 0))
            return events + (log.last(at: found.rate).map(counts) ?? [])
        case .neverKept(let rate, let loss):
            return steps + [
                failure(
                    "a loss below \(percent(limit)) was kept at no rate: the lowest that was tried is \(whole(rate))/s, where "
                        + "\(percent(loss)) of the datagrams were lost; allow more loss, or a longer duration for lower rates",
                    probe)
            ]
        case .tooShort(let lowest, let rate):
            return steps + [
                failure(
                    "\(whole(rate)) datagrams per second are all that go, and only from \(whole(lowest)) on a step of "
                        + "\(Double(probe.durationNanoseconds) / 1e9) s has enough of them to tell a loss of \(percent(limit)); "
                        + "use a longer duration, or allow more loss", probe)
            ]
        }
    }

    private static func failure(_ words: String, _ probe: PacketProbe) -> ProbeEvent {
        .failure(
            code: FailureCode.limitNotKept.rawValue, message: "udp \(probe.target) port \(probe.port): \(words)")
    }

    private static func percent(_ share: Double) -> String { "\(Ratio(fraction: (share * 1e6).rounded() / 1e6))" }

    private static func whole(_ rate: Double) -> String { "\(UInt64(rate.rounded()))" }

    static func counts(_ step: PacketStep) -> [ProbeEvent] {
        [
            sample(ProbeMetrics.loss, step.loss),
            sample(ProbeMetrics.packets, Double(step.received)),
            sample(ProbeMetrics.cpuClient, step.clientCPU),
            sample(ProbeMetrics.cpuServer, step.serverCPU),
        ]
    }

    static func sample(_ metric: Metric, _ value: Double) -> ProbeEvent {
        .sample(metric: metric.name, value: value, censored: false)
    }
}
