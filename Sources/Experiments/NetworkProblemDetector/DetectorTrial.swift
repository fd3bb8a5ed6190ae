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
        var windows: [AgentWindow] = []
        for report in await reports(addresses, start: start, context) {
            windows += try report.get()
        }
        return try DetectorReading(layout: layout, windows: windows, lead: leadSeconds).measurement()
    }

    /// What all agents say, side by side.
    private func reports(
        _ addresses: [IPAddress], start: UInt64, _ context: TrialContext
    ) async -> [Result<[AgentWindow], TrialFailure>] {
        await withTaskGroup(of: Result<[AgentWindow], TrialFailure>.self) { group in
            for (spot, place) in layout.places.enumerated() {
                let plan = ProbePlan(
                    probe: layout.probe(at: spot, addresses, start: start),
                    deadlineSeconds: Double(context.deadline.components.seconds), seed: context.seed &+ UInt64(spot))
                group.addTask { await Self.report(plan, at: place, context.testbed) }
            }
            var results: [Result<[AgentWindow], TrialFailure>] = []
            for await result in group { results.append(result) }
            return results
        }
    }

    private static func report(
        _ plan: ProbePlan, at place: Place, _ testbed: any Testbed
    ) async -> Result<[AgentWindow], TrialFailure> {
        let report: ProbeReport
        do throws(TestbedError) {
            report = try await testbed.withProbe(plan, at: place) { session throws(TestbedError) in
                var report = ProbeReport()
                try await report.readToEnd(session)
                return report
            }
        } catch {
            return .failure(TrialFailure(error))
        }
        guard report.isComplete else { return .failure(report.failure(at: place)) }
        var windows: [AgentWindow] = []
        for artifact in report.artifacts where artifact.name == AgentWindow.artifact {
            guard let window = try? AgentWindow(json: artifact.text) else {
                return .failure(TrialFailure(.invalid, "a window of the agent at \(place) is not understood"))
            }
            windows.append(window)
        }
        return .success(windows)
    }
}
