import Contract
import Resources

/// What both ends of one pair said, and what it comes to; pure.
struct EndReports: Sendable {
    let layout: PathLayout
    /// Nil where the server did not listen.
    let client: ProbeReport?
    var server: ProbeReport

    /// What was measured, with what the work cost; throws what went wrong, the client's failure before the server's.
    func measurement(of cell: CNIPerformancePlan.Cell) throws(TrialFailure) -> Measurement {
        guard let client else { throw server.failure(at: layout.server) }
        guard client.isComplete, server.isComplete else { throw failure(client) }
        var measurement = Measurement(
            samples: client.samples + server.samples,
            histograms: client.histograms,
            artifacts: client.artifacts + server.artifacts,
            remarks: server.remarks + client.remarks
        )
        guard !client.samples.isEmpty else {
            throw TrialFailure(.invalid, "the client at \(layout.client) reported no number")
        }
        measurement.samples += ProcessorCost.samples(for: measurement)
        measurement.samples = KernelCost(of: cell, isOnePlace: layout.client == layout.server)
            .completed(measurement.samples)
        try measurement.require(RequiredMetrics.names(of: cell.test))
        if measurement.value(of: ProbeMetrics.generatorLimited.name) == 1 {
            measurement.remarks.append(
                "the generator was the limit: "
                    + (cell.test.tool == .packets ? "it sends no faster" : "an end was busy all the time"))
        }
        return measurement
    }

    /// The client's failure before the server's, with what both ends said and counted.
    private func failure(_ client: ProbeReport) -> TrialFailure {
        let first = client.isComplete ? server.failure(at: layout.server) : client.failure(at: layout.client)
        var reason = first.reason
        if !client.isComplete, let words = server.failure?.reason {
            reason += "; the server at \(layout.server) said: \(words)"
        }
        return TrialFailure(
            first.outcome,
            reason,
            artifacts: client.artifacts + server.artifacts,
            samples: client.samples + server.samples
        )
    }
}
