import Contract
import FoundationEssentials
import Quantities
import Testbed
import Watches

/// One watch: an agent at every place at once, and the analysis of what they counted.
struct DetectorTrial: Sendable {
    let layout: DetectorLayout

    /// How long after its planning a watch begins: every agent is there by then, with its sockets.
    static func lead(places: Int) -> Duration { .seconds(1) + .milliseconds(60) * places }

    static func addresses(
        of places: [Place], on testbed: any Testbed
    ) async throws(TestbedError) -> [IPAddress] {
        var addresses: [IPAddress] = []
        for place in places { addresses.append(try await testbed.endpoint(of: place, family: .ipv4).address) }
        return addresses
    }

    func run(in context: TrialContext) async throws(TrialFailure) -> Measurement {
        let addresses: [IPAddress]
        do throws(TestbedError) {
            addresses = try await Self.addresses(of: layout.places, on: context.testbed)
        } catch {
            throw TrialFailure(error)
        }
        let lead = Self.lead(places: layout.places.count)
        let leadSeconds = Double(lead.components.seconds) + Double(lead.components.attoseconds) / 1e18
        let start = UInt64((Date().timeIntervalSince1970 + leadSeconds) * 1e9)
        var record = DetectorRecord(windows: layout.windows)
        for report in await reports(addresses, start: start, context) {
            record.merge(try report.get())
        }
        // What only some of them saw to its end would look as if the others had been silent.
        if context.signals.earlyEnd.word != nil { record.keepWindows(seenBy: layout.places.count) }
        return try DetectorReading(layout: layout, record: record, lead: leadSeconds, start: start).measurement()
    }

    /// What all agents say, side by side.
    private func reports(
        _ addresses: [IPAddress], start: UInt64, _ context: TrialContext
    ) async -> [Result<DetectorRecord, TrialFailure>] {
        let windows = layout.windows
        let watching = Countdown(of: layout.places.count, then: context.signals.holds)
        return await withTaskGroup(of: Result<DetectorRecord, TrialFailure>.self) { group in
            for (spot, place) in layout.places.enumerated() {
                let plan = ProbePlan(
                    probe: layout.probe(at: spot, addresses, start: start),
                    deadlineSeconds: Double(context.deadline.components.seconds), seed: context.seed &+ UInt64(spot))
                group.addTask { await Self.report(plan, at: place, windows: windows, watching, in: context) }
            }
            var results: [Result<DetectorRecord, TrialFailure>] = []
            for await result in group { results.append(result) }
            return results
        }
    }

    /// Reads an agent's windows as they come, so that little is left to do at the end.
    private static func report(
        _ plan: ProbePlan, at place: Place, windows: Int, _ watching: Countdown, in context: TrialContext
    ) async -> Result<DetectorRecord, TrialFailure> {
        do throws(TestbedError) {
            return try await context.testbed.withProbe(plan, at: place) { session throws(TestbedError) in
                async let _ = stop(session, at: context.signals.earlyEnd)
                let result = try await read(session, of: place, windows: windows, watching)
                context.signals.ceases()
                return result
            }
        } catch {
            return .failure(TrialFailure(error))
        }
    }

    private static func stop(_ session: any ProbeSession, at end: EndSignal) async {
        if await end.wait() != nil { await session.stop() }
    }

    private static func read(
        _ session: any ProbeSession, of place: Place, windows: Int, _ watching: Countdown
    ) async throws(TestbedError) -> Result<DetectorRecord, TrialFailure> {
        var report = ProbeReport()
        var record = DetectorRecord(windows: windows)
        while !report.isDone, let event = try await session.next() {
            guard case .artifact(let artifact) = event, artifact.name == AgentWindow.artifact else {
                report.take(event)
                continue
            }
            guard record.take(artifact.text) else {
                return .failure(TrialFailure(.invalid, "a window of the agent at \(place) is not understood"))
            }
            if record.count == 1 { watching.count() }
        }
        return report.isComplete ? .success(record) : .failure(report.failure(at: place))
    }
}
