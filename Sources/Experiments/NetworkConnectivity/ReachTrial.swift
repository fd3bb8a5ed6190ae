import Contract
import Quantities
import Resources
import Testbed

/// One turn: an agent at a source carries out all of its checks; one that fails takes no other with it.
struct ReachTrial: Sendable {
    typealias Cell = NetworkConnectivityPlan.Cell
    typealias Results = [Variant: Result<Measurement, TrialFailure>]

    let plan: NetworkConnectivityPlan
    let cells: [Cell]

    func run(in context: TrialContext) async -> Results {
        var results: Results = [:]
        var checks: [ReachProbe.Check] = []
        for (index, cell) in cells.enumerated() {
            do throws(TestbedError) {
                checks.append(
                    ReachProbe.Check(
                        id: index, method: cell.method, address: try await address(of: cell, on: context.testbed),
                        port: cell.port, question: cell.question,
                        until: plan.spec.waitsForExpected ? cell.expect?.outcomes : nil, request: cell.request))
            } catch {
                results[cell.variant] = .failure(TrialFailure(.failed, "could not test: \(error)"))
            }
        }
        guard let source = cells.first?.source, !checks.isEmpty else { return results }
        let found: [Int: ReachResult]
        let failure: TrialFailure?
        (found, failure) = await measure(checks, at: source, in: context)
        for check in checks {
            let cell = cells[check.id]
            results[cell.variant] = Self.result(of: cell, found[check.id], failure, plan.spec.maximumLoss.fraction)
        }
        return results
    }

    private func address(of cell: Cell, on testbed: any Testbed) async throws(TestbedError) -> IPAddress {
        switch cell.target {
        case .address(let address): address
        case .place(let place): try await testbed.endpoint(of: place, family: cell.family).address
        }
    }

    private func measure(
        _ checks: [ReachProbe.Check], at source: Place, in context: TrialContext
    ) async -> ([Int: ReachResult], TrialFailure?) {
        let probe = ProbePlan(
            probe: plan.probe(for: checks), deadlineSeconds: Double(context.deadline.components.seconds),
            seed: context.seed)
        let report: ProbeReport
        do throws(TestbedError) {
            report = try await context.testbed.withProbe(probe, at: source) { session throws(TestbedError) in
                var report = ProbeReport()
                try await report.readToEnd(session)
                return report
            }
        } catch {
            return ([:], TrialFailure(error))
        }
        var found: [Int: ReachResult] = [:]
        for artifact in report.artifacts where artifact.name == ReachResult.artifact {
            guard let result = try? ReachResult(json: artifact.text) else {
                return (found, TrialFailure(.invalid, "a result of the agent at \(source) is not understood"))
            }
            found[result.id] = result
        }
        return (found, report.isComplete ? nil : report.failure(at: source))
    }

    /// What is there counts, although the agent failed later.
    private static func result(
        of cell: Cell, _ result: ReachResult?, _ failure: TrialFailure?, _ maximumLoss: Double
    ) -> Result<Measurement, TrialFailure> {
        guard let result else {
            return .failure(failure ?? TrialFailure(.failed, "could not test: the agent said nothing of it"))
        }
        do throws(TrialFailure) {
            return .success(try ReachVerdict(result: result, cell: cell, maximumLoss: maximumLoss).measurement())
        } catch {
            return .failure(error)
        }
    }
}
