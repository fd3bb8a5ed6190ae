import Contract
import FoundationEssentials
import Quantities
import Resources
import Testbed

/// One trial of several pairs: a server each, then all clients at one moment.
struct PairsTrial: Sendable {
    let layouts: [PathLayout]
    let family: IPAddress.Family
    /// Processors are few, and the ends many: the scheduler places them.
    let probes: ProbePlanner

    private typealias Reports = Result<[EndReports], TrialFailure>

    /// How long clients have until they begin: an agent is started in some ten milliseconds, on a busy machine in more.
    private var lead: Duration { .milliseconds(150 + 40 * layouts.count) }

    func run(on testbed: any Testbed) async throws(TrialFailure) -> Measurement {
        let reports: Reports
        do throws(TestbedError) {
            reports = try await beside([], layouts[...], on: testbed)
        } catch {
            throw TrialFailure(error)
        }
        var measurements: [Measurement] = []
        for report in try reports.get() { measurements.append(try report.measurement(of: probes.cell)) }
        return try PairsMeasurement(measurements, of: probes.cell.test).combined()
    }

    /// What all said, with the servers of the rest started beside those that listen.
    private func beside(
        _ servers: [UInt16], _ rest: ArraySlice<PathLayout>, on testbed: any Testbed
    ) async throws(TestbedError) -> Reports {
        guard let layout = rest.first else { return .success(try await clients(servers, on: testbed)) }
        let address = try await testbed.endpoint(of: layout.server, family: family).address
        var plan = probes.server(at: layout.isServerAtOneAddress ? address : nil)
        // Several ends may share a namespace, and its counters would be counted again and again.
        plan.cost = nil
        let server = plan
        return try await testbed.withProbe(server, at: layout.server) { session throws(TestbedError) in
            var report = ProbeReport()
            guard let port = try await report.readUntilReady(session) else {
                return .failure(report.failure(at: layout.server))
            }
            let result = try await beside(servers + [port], rest.dropFirst(), on: testbed)
            await session.stop()
            try await report.readToEnd(session)
            return result.map { reports in
                var reports = reports
                reports[servers.count].server = report
                return reports
            }
        }
    }

    /// What the clients said, by pair; their servers have not said anything yet.
    private func clients(_ servers: [UInt16], on testbed: any Testbed) async throws(TestbedError) -> [EndReports] {
        let begin = UInt64((Date().timeIntervalSince1970 + lead / .seconds(1)) * 1e9)
        let results = await withTaskGroup(of: (Int, Result<ProbeReport, TestbedError>).self) { group in
            for (pair, (layout, port)) in zip(layouts, servers).enumerated() {
                group.addTask {
                    do throws(TestbedError) {
                        return (
                            pair,
                            .success(try await client(layout, port, begin: begin, isFirst: pair == 0, on: testbed))
                        )
                    } catch {
                        return (pair, .failure(error))
                    }
                }
            }
            return await group.reduce(into: [Int: Result<ProbeReport, TestbedError>]()) { $0[$1.0] = $1.1 }
        }
        var reports: [EndReports] = []
        for (pair, layout) in layouts.enumerated() {
            reports.append(EndReports(layout: layout, client: try results[pair]?.get(), server: ProbeReport()))
        }
        return reports
    }

    private func client(
        _ layout: PathLayout, _ port: UInt16, begin: UInt64, isFirst: Bool, on testbed: any Testbed
    ) async throws(TestbedError) -> ProbeReport {
        let target = try await testbed.endpoint(of: layout.server, family: family).address
        var plan = probes.client(target: target, port: port)
        plan.begin = begin
        // What the machine counts, one reads for all.
        if !isFirst { plan.cost = nil }
        return try await testbed.withProbe(plan, at: layout.client) { session throws(TestbedError) in
            var report = ProbeReport()
            try await report.readToEnd(session)
            return report
        }
    }
}
