import LinuxHost
import Netlink
import ServiceProxies

/// What the proxy of IPVS takes for all that it does, with ipsets, addresses and rules.
struct IPVSProxyRounds {
    private enum Step: String, CaseIterable {
        case load = "load from nothing"
        case readBack = "read back"
        case again = "load again, as after a restart"
        case add = "add one"
        case remove = "remove"
    }

    private let services: [ServicePort]
    private var walls: [Step: Series] = [:]
    private var planners: [Step: Series] = [:]
    private var systems: [Step: Series] = [:]

    init(services count: Int, destinations: Int) {
        services = (0..<count + 1).map { number in
            ServicePort(
                name: "bench/svc-\(number):http", clusterIP: IPv4Address(number: 0x0A60_0001).advanced(by: number),
                port: 80,
                endpoints: (0..<destinations).map { index in
                    ServiceEndpoint(
                        address: IPv4Address(number: 0x0A80_0001).advanced(by: number * destinations + index),
                        port: 8_080)
                })
        }
    }

    /// One round in a namespace of its own.
    mutating func run(in name: String) async throws {
        _ = try NetworkNamespace.create(named: name)
        defer { try? NetworkNamespace.remove(named: name) }
        let configuration = ProxyConfiguration(
            localPodRange: IPv4Range(IPv4Address(number: 0x0AF4_0000), prefixLength: 24),
            nodeAddresses: [IPv4Address(number: 0xAC1E_0001)], deadline: .seconds(600),
            namespacePath: NetworkNamespace.path(named: name))
        let proxy = IPVSProxy(configuration: configuration)
        let most = Array(services.dropLast())
        note(.load, try await proxy.load(most))
        let read = try await proxy.readBack()
        note(.readBack, read.programming)
        guard read.counts == proxy.expectedCounts(for: most) else {
            throw BenchmarkError("there are \(read.counts), and not \(proxy.expectedCounts(for: most))")
        }
        note(.again, try await proxy.load(most))
        note(.add, try await proxy.apply(.added(services[most.count]), resulting: services))
        note(.remove, try await proxy.remove())
    }

    private mutating func note(_ step: Step, _ cost: Programming) {
        walls[step, default: Series()].append(Double(cost.wallNanoseconds) / 1e9)
        planners[step, default: Series()].append(Double(cost.plannerNanoseconds) / 1e9)
        systems[step, default: Series()].append(cost.systemSeconds)
    }

    func table(destinations: Int) -> MarkdownTable {
        var table = MarkdownTable(
            "The proxy of IPVS, \(services.count - 1) services with \(destinations) destinations each (s)",
            columns: ["step", "wall", "spread", "planner", "system", "n"],
            notes: ["With ipsets, kube-ipvs0 and rules; the planner is not a part of the wall time."])
        for step in Step.allCases {
            let wall = walls[step] ?? Series()
            table.add([
                step.rawValue, Figure.text(wall.median), Figure.percent(wall.spread),
                Figure.text((planners[step] ?? Series()).median), Figure.text((systems[step] ?? Series()).median),
                "\(wall.n)",
            ])
        }
        return table
    }
}
