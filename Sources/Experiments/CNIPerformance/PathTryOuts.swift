import Contract
import Quantities
import Resources
import Testbed

/// Finds out, once for each network, path and family, whether there is such a path: a few round trips over TCP.
actor PathTryOuts {
    private struct Key: Hashable {
        let network: String
        let path: CNIPerformance.Path
        let family: IPAddress.Family
    }

    private var obstacles: [Key: String?] = [:]

    /// What is sent to see.
    private static let test = CNIPerformance.Test(
        name: "try-out", tool: .latency, transport: .tcp, pattern: .requestResponse, duration: .milliseconds(1))
    private static let deadline = Duration.seconds(5)

    /// Why there is no such path, or nil.
    func obstacle(
        to cell: CNIPerformancePlan.Cell, _ layout: PathLayout, proxy: ProxyMode, on testbed: any Testbed
    ) async -> String? {
        let key = Key(network: cell.network, path: cell.path, family: cell.family)
        if let known = obstacles[key] { return known }
        var cell = cell
        cell.test = Self.test
        cell.messageSize = nil
        cell.rate = nil
        cell.load = nil
        let trial = ClientServerTrial(
            layout: layout, proxy: proxy, family: key.family,
            probes: ProbePlanner(cell: cell, warmUp: .zero, deadline: Self.deadline, seed: 0))
        var obstacle: String?
        do throws(TrialFailure) {
            _ = try await trial.run(on: testbed)
        } catch {
            obstacle = "\(key.network) has no path \(key.path) over \(key.family.rawValue): \(error.reason)"
        }
        obstacles[key] = obstacle
        return obstacle
    }
}
