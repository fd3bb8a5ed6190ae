import Contract
import TestSupport

@testable import ServiceProxies

/// What loading programs are given, in every mode, by every planner, under settings that change it.
enum GoldenInputs {
    static let configurations: [(name: String, configuration: ProxyConfiguration)] = [
        ("default", Setting.configuration),
        ("no node ports at localhost", Setting.configuration { $0.localhostNodePorts = false }),
        ("masquerade all", Setting.configuration { $0.masqueradesAll = true }),
        (
            "other bit, service ranges",
            Setting.configuration {
                $0.masqueradeBit = 31
                $0.serviceRanges = [
                    IPv4Range(IPv4Address(number: 0x0A60_0000), prefixLength: 12),
                    IPv4Range(IPv4Address(number: 0xC0A8_0000), prefixLength: 16),
                ]
            }
        ),
        (
            "no nodes, bit 0, transactions of two",
            Setting.configuration {
                $0.masqueradeBit = 0
                $0.nodeAddresses = []
                $0.servicesPerTransaction = 2
            }
        ),
    ]

    /// The inputs for a set of services, by name; what is of several parts is joined with `---`.
    static func make(_ services: [ServicePort], _ configuration: ProxyConfiguration) -> [(name: String, input: [UInt8])]
    {
        iptables(services, configuration) + nft(services, configuration) + ipvs(services, configuration)
    }

    private static func iptables(
        _ services: [ServicePort], _ configuration: ProxyConfiguration
    ) -> [(name: String, input: [UInt8])] {
        let planner = IPTablesPlanner(configuration: configuration)
        let counting = IPTablesPlanner(configuration: configuration, counters: Set(IPTablesCounter.allCases))
        let stale = ["KUBE-SVC-AAAAAAAAAAAAAAAA", "KUBE-SEP-AAAAAAAAAAAAAAAA", "KUBE-SERVICES"]
        var existing = IPTablesSurvey()
        existing.tables[.nat] = IPTablesSurvey.Table(chains: stale, jumps: ["OUTPUT -j KUBE-SERVICES"])
        existing.tables[.filter] = IPTablesSurvey.Table(chains: ["KUBE-FORWARD"], jumps: [])
        var inputs = [
            ("iptables whole", planner.fullSync(services, isWhole: true)),
            ("iptables counting", counting.fullSync(services)),
            ("iptables over others", planner.fullSync(services, over: existing)),
            ("iptables removal", planner.removal(of: existing)),
        ]
        if let first = services.first {
            inputs.append(("iptables added", planner.partialSync(.added(first), resulting: services)))
            inputs.append(
                ("iptables removed", planner.partialSync(.removed(first), resulting: Array(services.dropFirst()))))
        }
        if let (change, resulting) = GoldenServices.change(of: services) {
            inputs.append(("iptables changed", counting.partialSync(change, resulting: resulting)))
        }
        return inputs
    }

    private static func nft(
        _ services: [ServicePort], _ configuration: ProxyConfiguration
    ) -> [(name: String, input: [UInt8])] {
        NFTLayout.allCases.flatMap { layout in
            let planner = NFTPlanner(configuration: configuration, layout: layout)
            var existing = NFTablesSurvey()
            existing.serviceChains = ["service-AAAAAAAA-a/b/tcp/c", "endpoint-AAAAAAAA-a/b/tcp/c__10.0.0.1/1"]
            existing.affinitySets = ["affinity-AAAAAAAA-a/b/tcp/c__10.0.0.1/1"]
            var plans = [
                ("full", planner.fullSync(services)), ("over others", planner.fullSync(services, over: existing)),
            ]
            if let first = services.first {
                plans.append(("added", planner.partialSync(.added(first), resulting: services)))
                plans.append(("removed", planner.partialSync(.removed(first), resulting: Array(services.dropFirst()))))
            }
            if let (change, resulting) = GoldenServices.change(of: services) {
                plans.append(("changed", planner.partialSync(change, resulting: resulting)))
            }
            return plans.map { name, plan in
                let parts = plan.transactions + [planner.deletion(of: plan.staleChains)]
                return ("\(layout.mode.rawValue) \(name)", Array(parts.joined(separator: Array("---\n".utf8))))
            }
        }
    }

    private static func ipvs(
        _ services: [ServicePort], _ configuration: ProxyConfiguration
    ) -> [(name: String, input: [UInt8])] {
        var (plan, state) = IPVSPlan.make(services, configuration)
        var inputs = [
            ("ipvs rules", IPVSRules(plan).text(over: IPTablesSurvey())),
            ("ipvs sets", IPSetText.restore(IPVSState().change(to: state), creating: true)),
        ]
        if let (change, _) = GoldenServices.change(of: services), case .endpointsChanged(let old, let new) = change {
            inputs.append(("ipvs changed sets", IPSetText.restore(plan.replace(old, by: new), creating: false)))
        }
        return inputs
    }
}
