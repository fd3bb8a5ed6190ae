import Contract
import Quantities
import Testbed

/// One trial: a server is started, then a client against it; both report, and both are gone afterwards.
struct ClientServerTrial: Sendable {
    let layout: PathLayout
    let proxy: ProxyMode
    let family: IPAddress.Family
    let probes: ProbePlanner

    private typealias Reports = (client: ProbeReport?, server: ProbeReport)

    func run(on testbed: any Testbed) async throws(TrialFailure) -> Measurement {
        let reports: Result<Reports, TrialFailure>
        do throws(TestbedError) {
            let standIns = try await PathStandIns.beforeServer(layout, family: family, on: testbed)
            let plan = probes.server(at: layout.isServerAtOneAddress ? standIns.target : nil)
            reports = try await standIns.hold(on: testbed, deadline: probes.deadline, seed: probes.seed) {
                () throws(TestbedError) in
                try await testbed.withProbe(plan, at: layout.server) { server throws(TestbedError) in
                    try await self.reports(server, on: testbed)
                }
            }.flatMap(\.self)
        } catch {
            throw TrialFailure(error)
        }
        let (client, server) = try reports.get()
        return try EndReports(layout: layout, client: client, server: server).measurement(of: probes.cell)
    }

    /// What both said; the client's report is nil where the server did not listen.
    private func reports(
        _ server: any ProbeSession, on testbed: any Testbed
    ) async throws(TestbedError) -> Result<Reports, TrialFailure> {
        var serverReport = ProbeReport()
        guard let port = try await serverReport.readUntilReady(server) else { return .success((nil, serverReport)) }
        let clientReport: ProbeReport
        switch try await clientReports(port, on: testbed) {
        case .success(let report): clientReport = report
        case .failure(let failure): return .failure(failure)
        }
        await server.stop()
        do throws(TestbedError) {
            try await serverReport.readToEnd(server)
        } catch {
            // A client's failure came first, and says more.
            guard !clientReport.isComplete else { throw error }
            serverReport.take(.failure(code: FailureCode.stopped.rawValue, message: error.description))
        }
        return .success((clientReport, serverReport))
    }

    /// What the client said, with a server beside its own where streams are to run meanwhile.
    private func clientReports(
        _ port: UInt16, on testbed: any Testbed
    ) async throws(TestbedError) -> Result<ProbeReport, TrialFailure> {
        guard let plan = probes.loadServer else { return try await held(port, loadPort: nil, on: testbed) }
        return try await testbed.withProbe(plan, at: layout.server) { server throws(TestbedError) in
            var report = ProbeReport()
            guard let loadPort = try await report.readUntilReady(server) else {
                return .failure(report.failure(at: layout.server))
            }
            let result = try await held(port, loadPort: loadPort, on: testbed)
            await server.stop()
            try await report.readToEnd(server)
            return report.isComplete ? result : .failure(report.failure(at: layout.server))
        }
    }

    /// What the client said while all that leads to the server was there.
    private func held(
        _ port: UInt16, loadPort: UInt16?, on testbed: any Testbed
    ) async throws(TestbedError) -> Result<ProbeReport, TrialFailure> {
        let ports = ServerPorts(of: probes.cell.test, listeningAt: port, loadAt: loadPort)
        let standIns = try await PathStandIns(layout, ports, proxy: proxy, family: family, on: testbed)
        let result = try await standIns.hold(on: testbed, deadline: probes.deadline, seed: probes.seed) {
            () throws(TestbedError) in
            try await underLoad(of: standIns, on: testbed)
        }
        return result.flatMap(\.self)
    }

    /// What the client said while streams ran beside it, with what they carried.
    private func underLoad(
        of standIns: PathStandIns, on testbed: any Testbed
    ) async throws(TestbedError) -> Result<ProbeReport, TrialFailure> {
        guard let load = probes.cell.load, let port = standIns.loadPort else {
            return .success(try await client(of: standIns, on: testbed))
        }
        let plan = probes.load(load, target: standIns.target, port: port)
        return try await testbed.withProbe(plan, at: layout.client) { session throws(TestbedError) in
            var beside = ProbeReport()
            guard try await beside.readUntilReady(session) != nil else {
                return .failure(beside.failure(at: layout.client))
            }
            var report = try await client(of: standIns, on: testbed)
            await session.stop()
            try await beside.readToEnd(session)
            guard beside.isComplete else { return .failure(beside.failure(at: layout.client)) }
            for sample in beside.samples { report.take(.sample(metric: sample.metric, value: sample.value)) }
            return .success(report)
        }
    }

    private func client(
        of standIns: PathStandIns, on testbed: any Testbed
    ) async throws(TestbedError) -> ProbeReport {
        try await testbed.withProbe(
            probes.client(target: standIns.target, port: standIns.port, throughService: layout.isService),
            at: layout.client
        ) { client throws(TestbedError) in
            var report = ProbeReport()
            try await report.readToEnd(client)
            return report
        }
    }
}
