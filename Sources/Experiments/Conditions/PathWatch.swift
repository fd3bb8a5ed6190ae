package import Contract
import Quantities
package import Testbed

/// Measures what becomes of packets between two places, again and again, for what conditions do to them.
package struct PathWatch: Sendable {
    private let testbed: any Testbed
    private let client: Place
    private let target: IPAddress
    private let port: UInt16
    private let traffic: PathTraffic
    private let seed: UInt64

    /// Runs a body while a server answers at the peer of a condition; without one where none can be started, or where the condition
    /// changes nothing that could be sent.
    package static func over<Value: Sendable>(
        _ placed: PlacedCondition, on testbed: any Testbed, deadline: Duration, seed: UInt64,
        _ body: @escaping @Sendable (PathWatch?) async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value {
        guard let peer = placed.peer, let effect = placed.condition.expectedEffect, effect.isMeasurable,
            let (target, traffic) = await target(of: placed.condition, at: peer, on: testbed)
        else { return try await body(nil) }
        // The peer's kernel answers those by itself.
        guard traffic.carrier != .icmp else {
            let watch = PathWatch(
                testbed: testbed, client: placed.place, target: target, port: 0, traffic: traffic, seed: seed)
            return try await body(watch)
        }
        // A server of streams has to know where a message ends; one of datagrams only has to have the room.
        let size = PathPlan(effect, traffic, family: target.family, longest: 0).payloadSize
        let plan = ProbePlan(
            probe: EchoServer(
                transport: traffic.carrier == .tcp ? .tcp : .udp, family: target.family, port: traffic.peerPort ?? 0,
                messageSize: traffic.carrier == .tcp ? size : PathPlan.largestPayload,
                waitingBytes: PathProbe.waitingBytes),
            deadlineSeconds: deadline / .seconds(1), seed: seed)
        return try await testbed.withProbe(plan, at: peer) { session throws(TestbedError) in
            var report = ProbeReport()
            guard let port = try await report.readUntilReady(session) else { return try await body(nil) }
            let watch = PathWatch(
                testbed: testbed, client: placed.place, target: target, port: port, traffic: traffic, seed: seed)
            let value = try await body(watch)
            await session.stop()
            try await report.readToEnd(session)
            return value
        }
    }

    /// How long all readings of an effect may take together, those before and after it among them.
    package static func longestReadings(of effect: ExpectedEffect) -> Duration {
        guard effect.isMeasurable else { return .zero }
        let plan = PathPlan(
            effect, PathTraffic(), family: .ipv6, longest: (effect.addedRoundTrip?.upperBound ?? 0) + 0.1)
        // Those before are waited for longer, which makes a difference only where nothing comes.
        let reading = plan.seconds + plan.burstSeconds + start * (plan.burstSeconds > 0 ? 2 : 1)
        return .seconds(reading * Double(EffectProof.readings * 3) + 6)
    }

    /// What becomes of packets now.
    ///
    /// - Parameters:
    ///   - effect: What they are to tell of.
    ///   - longest: The longest that a round trip is expected to take, in seconds.
    ///   - purpose: Whether they are to tell how large the effect is, or that it is not there.
    ///   - budget: About how long it may take, in seconds; fewer packets say less.
    ///   - patience: What is waited for answers beyond the longest, in seconds.
    package func read(
        _ effect: ExpectedEffect, longest: Double, for purpose: PathPurpose = .size,
        budget: Double = .infinity, patience: Double = 0.4
    ) async throws(TestbedError) -> PathReading {
        let plan = PathPlan(
            effect, traffic, family: target.family, longest: longest, for: purpose, budget: budget,
            patience: patience)
        guard traffic.carrier != .tcp else { return try await readStream(plan) }
        var reading = try await readDatagrams(plan.probe(to: target, port: port), plan.seconds)
        if let burst = plan.burst(to: target, port: port), reading.answered > 0 {
            let fast = try await readDatagrams(burst, plan.burstSeconds)
            (reading.rate, reading.sentRate) = (fast.rate, fast.sentRate)
        } else {
            (reading.rate, reading.sentRate) = (nil, nil)
        }
        return reading
    }

    /// What becomes of packets before anything is changed; nil where none comes back.
    ///
    /// A machine that is busy at the moment would make a path look slow, and what is added to it small: the fastest of some readings
    /// counts then.
    package func baseline(
        _ effect: ExpectedEffect, budget: Double = .infinity
    ) async throws(TestbedError) -> PathReading? {
        var best: PathReading?
        for _ in 0..<EffectProof.readings {
            let reading = try await read(effect, longest: 0, for: .absence, budget: budget, patience: 2)
            if (reading.roundTrip ?? .infinity) < (best?.roundTrip ?? .infinity) { best = reading }
            if let trip = best?.roundTrip, trip < Self.quick { break }
        }
        return best
    }

    /// What becomes of packets after a condition was undone, and what is not as it was before, if anything.
    ///
    /// As before it, a machine that is busy at the moment would make a path look slow: one of some readings has to be as it was.
    package func aftermath(
        of effect: ExpectedEffect, since before: PathReading, budget: Double = .infinity
    ) async throws(TestbedError) -> (reading: PathReading, problem: String?) {
        var reading = before
        var problem: String?
        for _ in 0..<EffectProof.readings {
            reading = try await read(
                effect, longest: before.roundTrip ?? 0, for: .absence, budget: budget,
                patience: effect.isSilence ? Self.neighbourPatience : 0.4)
            problem = EffectProof.restored(before: before, after: reading, effect)
            if problem == nil { break }
        }
        return (reading, problem)
    }

    /// No path of a testbed takes longer than this when nothing is in the way, in seconds.
    private static let quick = 0.002

    /// What a neighbour may take to be found again behind a link that was down, in seconds: kernels ask once a second, and tell the
    /// other end of its carrier up to a second later.
    private static let neighbourPatience = 2.0

    /// What an agent takes to start on a machine that is busy or emulated, in seconds.
    private static let start = 2.0

    /// What an agent may take beside its packets there, in seconds, before it is ended.
    private static let patience = 30.0

    private func readDatagrams(_ probe: PathProbe, _ seconds: Double) async throws(TestbedError) -> PathReading {
        let report = try await run(ProbePlan(probe: probe, deadlineSeconds: seconds + Self.patience, seed: seed))
        let text = report.artifacts.first { $0.name == PathReading.artifact }?.text
        guard let reading = text.flatMap({ try? PathReading(json: $0) }) else {
            throw TestbedError(
                operation: "see", object: "what becomes of packets from \(client)",
                cause: report.failure?.reason ?? "the agent said nothing of it")
        }
        return reading
    }

    /// A connection retries what is lost: it tells of round trips, and of silence.
    private func readStream(_ plan: PathPlan) async throws(TestbedError) -> PathReading {
        let probe = LatencyProbe(
            transport: .tcp, pattern: .requestResponse, target: target, port: port, messageSize: plan.payloadSize,
            durationNanoseconds: UInt64(plan.seconds * 1e9), timeoutNanoseconds: UInt64(plan.timeout * 1e9))
        let report = try await run(
            ProbePlan(probe: probe, deadlineSeconds: plan.seconds + plan.timeout + Self.patience, seed: seed))
        func value(_ metric: Metric) -> Double? {
            report.samples.first { $0.metric == metric.name && !$0.censored }?.value
        }
        let answered = Int(value(ProbeMetrics.transactions) ?? 0)
        return PathReading(
            sent: max(1, answered + Int(value(ProbeMetrics.timeouts) ?? 0)), answered: answered,
            roundTrip: value(ProbeMetrics.latencyP50), roundTripP99: value(ProbeMetrics.latencyP99),
            histogram: report.histograms[ProbeMetrics.latency.name])
    }

    private func run(_ plan: ProbePlan) async throws(TestbedError) -> ProbeReport {
        try await testbed.withProbe(plan, at: client) { session throws(TestbedError) in
            var report = ProbeReport()
            try await report.readToEnd(session)
            return report
        }
    }

    private static func target(
        of condition: any Condition, at place: Place, on testbed: any Testbed
    ) async -> (IPAddress, PathTraffic)? {
        for family in IPAddress.Family.allCases {
            guard let address = try? await testbed.endpoint(of: place, family: family).address,
                let traffic = condition.traffic(toward: address)
            else { continue }
            return (address, traffic)
        }
        return nil
    }
}
