import Contract
import Experiments
import Quantities
import Testbed

/// Measures the round trip between two places, again and again, for what conditions do to it.
struct PathWatch: Sendable {
    let testbed: any Testbed
    let client: Place
    let server: Place
    let target: IPAddress
    let port: UInt16
    let seed: UInt64

    /// Round trips in one reading, at least.
    private static let count = 6.0
    /// Without any delay as many come back in this time as say something.
    private static let shortest = 0.03

    /// Runs a body while a server answers at the second place; without one where no server can be started.
    static func between<Value: Sendable>(
        _ client: Place, _ server: Place, on testbed: any Testbed, deadline: Duration, seed: UInt64,
        _ body: @escaping @Sendable (PathWatch?) async throws(TestbedError) -> Value
    ) async throws(TestbedError) -> Value {
        guard let target = await address(of: server, on: testbed) else { return try await body(nil) }
        let plan = ProbePlan(
            probe: EchoServer(transport: .udp, family: target.family, messageSize: 64),
            deadlineSeconds: deadline / .seconds(1), seed: seed)
        return try await testbed.withProbe(plan, at: server) { session throws(TestbedError) in
            var report = ProbeReport()
            guard let port = try await report.readUntilReady(session) else { return try await body(nil) }
            let watch = PathWatch(
                testbed: testbed, client: client, server: server, target: target, port: port, seed: seed)
            let value = try await body(watch)
            await session.stop()
            try await report.readToEnd(session)
            return value
        }
    }

    /// The median round trip in seconds; nil where nothing came back.
    ///
    /// - Parameter longest: The longest that one is expected to take, in seconds.
    func roundTrip(longest: Double) async throws(TestbedError) -> Double? {
        let duration = max(Self.shortest, longest * Self.count)
        let timeout = longest * 4 + 0.5
        let plan = ProbePlan(
            probe: LatencyProbe(
                transport: .udp, pattern: .requestResponse, target: target, port: port, messageSize: 64,
                durationNanoseconds: UInt64(duration * 1e9), timeoutNanoseconds: UInt64(min(timeout, 60) * 1e9)),
            deadlineSeconds: duration + timeout + 5, seed: seed)
        return try await testbed.withProbe(plan, at: client) { session throws(TestbedError) in
            var report = ProbeReport()
            try await report.readToEnd(session)
            return report.samples.first { $0.metric == ProbeMetrics.latencyP50.name && !$0.censored }?.value
        }
    }

    private static func address(of place: Place, on testbed: any Testbed) async -> IPAddress? {
        for family in IPAddress.Family.allCases {
            if let endpoint = try? await testbed.endpoint(of: place, family: family) { return endpoint.address }
        }
        return nil
    }
}
