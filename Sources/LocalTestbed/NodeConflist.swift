import ContainerNetworking
import Quantities
import Testbed

/// The CNI configuration list of one network on one node: a template with that node's ranges filled in.
struct NodeConflist: Sendable {
    let network: NetworkPlan
    let node: Int
    let plan: AddressPlan
    let leases: String

    /// Reads and fills in; throws ``ConflistProblems`` when the file cannot be read or is no configuration list.
    func list() throws -> NetworkConfigurationList {
        let list = try template().list(with: [
            .name: network.name,
            .podCIDR: try plan.podRange(node, .ipv4).description,
            .podCIDRv6: try plan.podRange(node, .ipv6).description,
            .mtu: "\(MTU(of: network, families: plan.families).pod)",
            .dataDir: leases,
        ])
        return try NetworkConfigurationList(LeaseDirectory.insert(leases, into: list.value))
    }

    private func template() throws -> ConflistTemplate {
        if case .conflist(let path) = network.podNetwork { return try ConflistTemplate(file: path) }
        guard let preset = ConflistTemplate(preset: network.podNetwork, families: plan.families) else {
            throw TestbedError(operation: "attach pods to", object: network.name, cause: "it is the bare node")
        }
        return preset
    }
}
