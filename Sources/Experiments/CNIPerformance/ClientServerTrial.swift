import Probes
import Quantities
import Statistics
import Testbed

/// One trial: a server is started, then a client against it; both report, and both are gone afterwards.
struct ClientServerTrial: Sendable {
    let places: (client: Place, server: Place)
    let family: IPAddress.Family
    let probes: ProbePlanner

    func run(on testbed: any Testbed) async throws(TrialFailure) -> Measurement {
        do {
            let target = try await testbed.address(of: places.server, family: family)
            let reports = try await testbed.withProbe(probes.server, at: places.server) { server in
                var serverReport = ProbeReport()
                guard let port = try await serverReport.readUntilReady(server) else {
                    throw serverReport.failure(at: places.server)
                }
                let clientReport = try await testbed.withProbe(
                    probes.client(target: target, port: port),
                    at: places.client
                ) { client in
                    var report = ProbeReport()
                    try await report.readToEnd(client)
                    return report
                }
                await server.stop()
                try await serverReport.readToEnd(server)
                return (client: clientReport, server: serverReport)
            }
            return try measurement(client: reports.client, server: reports.server)
        } catch let failure as TrialFailure {
            throw failure
        } catch let error as TestbedError {
            throw TrialFailure(error.code == .timedOut ? .timedOut : .failed, error.description)
        } catch {
            throw TrialFailure(.failed, "\(error)")
        }
    }

    private func measurement(client: ProbeReport, server: ProbeReport) throws(TrialFailure) -> Measurement {
        guard client.failure == nil, client.isDone else { throw client.failure(at: places.client) }
        guard server.failure == nil, server.isDone else { throw server.failure(at: places.server) }
        var measurement = Measurement(
            samples: client.samples + server.samples,
            histograms: client.histograms,
            artifacts: client.artifacts + server.artifacts
        )
        guard !client.samples.isEmpty else {
            throw TrialFailure(.invalid, "the client at \(places.client) reported no number")
        }
        measurement.samples += ProcessorCost.samples(for: measurement)
        if measurement.value(of: ProbeMetrics.generatorLimited.name) == 1 {
            measurement.remarks.append("the generator was the limit: an end was busy all the time")
        }
        return measurement
    }
}
