import Contract
import Quantities
import Testbed

/// One trial: a server is started, then a client against it; both report, and both are gone afterwards.
struct ClientServerTrial: Sendable {
    let places: (client: Place, server: Place)
    let family: IPAddress.Family
    let probes: ProbePlanner

    func run(on testbed: any Testbed) async throws(TrialFailure) -> Measurement {
        let reports: (client: ProbeReport?, server: ProbeReport)
        do throws(TestbedError) {
            let target = try await testbed.endpoint(of: places.server, family: family).address
            reports = try await testbed.withProbe(probes.server, at: places.server) { server throws(TestbedError) in
                try await self.reports(target, server, on: testbed)
            }
        } catch {
            throw TrialFailure(error)
        }
        return try measurement(client: reports.client, server: reports.server)
    }

    /// What both said; the client's report is nil where the server did not listen.
    private func reports(
        _ target: IPAddress, _ server: any ProbeSession, on testbed: any Testbed
    ) async throws(TestbedError) -> (client: ProbeReport?, server: ProbeReport) {
        var serverReport = ProbeReport()
        guard let port = try await serverReport.readUntilReady(server) else { return (nil, serverReport) }
        let clientReport = try await testbed.withProbe(
            probes.client(target: target, port: port), at: places.client
        ) { client throws(TestbedError) in
            var report = ProbeReport()
            try await report.readToEnd(client)
            return report
        }
        await server.stop()
        do throws(TestbedError) {
            try await serverReport.readToEnd(server)
        } catch {
            // A client's failure came first, and says more.
            guard !clientReport.isComplete else { throw error }
            serverReport.take(.failure(code: FailureCode.stopped.rawValue, message: error.description))
        }
        return (clientReport, serverReport)
    }

    private func measurement(client: ProbeReport?, server: ProbeReport) throws(TrialFailure) -> Measurement {
        guard let client else { throw server.failure(at: places.server) }
        guard client.isComplete, server.isComplete else { throw failure(client: client, server: server) }
        var measurement = Measurement(
            samples: client.samples + server.samples,
            histograms: client.histograms,
            artifacts: client.artifacts + server.artifacts,
            remarks: server.remarks + client.remarks
        )
        guard !client.samples.isEmpty else {
            throw TrialFailure(.invalid, "the client at \(places.client) reported no number")
        }
        measurement.samples += ProcessorCost.samples(for: measurement)
        try measurement.require(RequiredMetrics.names(of: probes.cell.test))
        if measurement.value(of: ProbeMetrics.generatorLimited.name) == 1 {
            measurement.remarks.append("the generator was the limit: an end was busy all the time")
        }
        return measurement
    }

    /// The client's failure before the server's, with what both ends said and counted.
    private func failure(client: ProbeReport, server: ProbeReport) -> TrialFailure {
        let first = client.isComplete ? server.failure(at: places.server) : client.failure(at: places.client)
        var reason = first.reason
        if !client.isComplete, let words = server.failure?.reason {
            reason += "; the server at \(places.server) said: \(words)"
        }
        return TrialFailure(
            first.outcome,
            reason,
            artifacts: client.artifacts + server.artifacts,
            samples: client.samples + server.samples
        )
    }
}
