import Contract
import LocalTestbed
import Probes
import Quantities
import Synchronization
import TestSupport
import Testbed
import Testing

@Suite(
    "The local testbed's paths", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .enabled(
        if: ContainerNetworkingBench.arePluginsPresent, Comment(rawValue: ContainerNetworkingBench.pluginsReason)))
struct LocalTestbedPathTests {
    private static let networks = [
        ("host", NetworkPlan.PodNetwork.none, NetworkPlan.Fabric.routes), ("bridge", .bridge, .routes),
        ("overlay", .bridge, .vxlan), ("ptp", .pointToPoint, .routes),
    ]

    @Test(
        "every network carries TCP on every path in every family, and leaves nothing of itself",
        arguments: [[IPAddress.Family.ipv4], [.ipv6], [.ipv4, .ipv6]])
    func paths(_ families: [IPAddress.Family]) async throws {
        let run = UniqueName.make("paths").replacing("-", with: "")
        let before = try HostAudit.take(prefix: "nm-\(run)-")
        try await ScratchDirectory.with("paths") { directory in
            let paths = LocalPaths(root: directory)
            let ledger = ListLedger()
            let options = LocalTestbed.Options(
                run: run, agentExecutable: try BuiltProgram.path(),
                pluginDirectories: ContainerNetworkingBench.plugins, paths: paths)
            let testbed = LocalTestbed(options: options, ledger: ledger)
            do {
                let failures = try await testbed.setUp(topology(families))
                #expect(failures.isEmpty)
                // While it is up, the host's own links and routes are as they were.
                #expect(try HostAudit.take(prefix: "nothing").links.subtracting(before.links).isEmpty)
                #expect(try HostAudit.take(prefix: "nothing").routes.subtracting(before.routes).isEmpty)
                try await carry(testbed, families)
            } catch {
                try? await testbed.tearDown()
                throw error
            }
            try await testbed.tearDown()
            #expect(ledger.open.isEmpty)
            #expect(ledger.count > 20)
            #expect(LocalAudit.look(paths: paths, run: run).findings.isEmpty)
        }
        #expect(try HostAudit.leftovers(since: before, prefix: "nm-\(run)-").isEmpty)
    }

    private func topology(_ families: [IPAddress.Family]) -> Topology {
        let plans = Self.networks.map { name, podNetwork, fabric in
            NetworkPlan(
                name: name, podNetwork: podNetwork, fabric: fabric, podsOnNode: podNetwork == .none ? [0, 0] : [2, 1])
        }
        return Topology(networks: plans, nodes: 2, families: families)
    }

    private func carry(_ testbed: LocalTestbed, _ families: [IPAddress.Family]) async throws {
        for (network, podNetwork, _) in Self.networks {
            let isBare = podNetwork == .none
            let client = isBare ? Place.node(0, of: network) : .pod(0, on: 0, of: network)
            let servers = [
                isBare ? Place.node(0, of: network) : .pod(1, on: 0, of: network),
                isBare ? Place.node(1, of: network) : .pod(0, on: 1, of: network),
            ]
            for server in servers {
                for family in families {
                    let target = try await testbed.endpoint(of: server, family: family).address
                    #expect(target.family == family)
                    let count = try await transactions(testbed, from: client, to: server, at: target)
                    #expect(count > 0, "from \(client) to \(server) over \(family)")
                }
            }
        }
    }

    private func transactions(
        _ testbed: LocalTestbed, from client: Place, to server: Place, at target: IPAddress
    ) async throws -> Double {
        let echo = EchoServer(transport: .tcp, family: target.family, messageSize: 64)
        return try await testbed.withProbe(plan(echo), at: server) { session throws(TestbedError) in
            guard case .ready(let port, _, _)? = try await session.next() else { return 0 }
            let probe = LatencyProbe(
                transport: .tcp, pattern: .requestResponse, target: target, port: port, messageSize: 64,
                durationNanoseconds: 10_000_000)
            return try await testbed.withProbe(plan(probe), at: client) { session throws(TestbedError) in
                while let event = try await session.next() {
                    if case .sample(let sample) = event, sample.metric == "transactions" { return sample.value }
                }
                return 0
            }
        }
    }

    private func plan(_ probe: any Probe) -> ProbePlan {
        ProbePlan(probe: probe, deadlineSeconds: 10)
    }
}

/// A ledger in memory.
private final class ListLedger: Ledger {
    private let entries = Mutex<[(item: LedgerItem, isOpen: Bool)]>([])

    var open: [LedgerItem] { entries.withLock { $0.filter(\.isOpen).map(\.item) } }
    var count: Int { entries.withLock { $0.count } }

    func open(_ item: LedgerItem) -> LedgerToken {
        entries.withLock { entries in
            entries.append((item, true))
            return LedgerToken(number: Int64(entries.count - 1))
        }
    }

    func close(_ token: LedgerToken) {
        entries.withLock { $0[Int(token.number)].isOpen = false }
    }
}
