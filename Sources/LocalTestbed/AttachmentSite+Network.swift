import ContainerNetworking
import Quantities
import Testbed

extension AttachmentSite {
    /// The site of a network on one node.
    init(
        network: NetworkPlan,
        node: Int,
        plan: AddressPlan,
        directory: String,
        containerPrefix: String,
        pluginDirectories: [String]
    ) throws(TestbedError) {
        var conflist: String?
        if ![.none, .direct].contains(network.podNetwork) {
            let source = NodeConflist(network: network, node: node, plan: plan, leases: "\(directory)/leases")
            do {
                conflist = try source.list().json()
            } catch {
                throw TestbedError(
                    operation: "read the configuration list of",
                    object: network.name,
                    cause: "\(error)",
                    nextStep: "mend the list or its path"
                )
            }
        }
        self.init(
            conflist: conflist,
            pluginDirectories: pluginDirectories,
            directory: directory,
            containerPrefix: containerPrefix,
            range: try plan.podRange(node, .ipv4)
        )
    }
}
