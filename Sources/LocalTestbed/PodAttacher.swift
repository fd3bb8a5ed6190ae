import ContainerNetworking
import Contract
import Foundation
import LinuxHost
import Processes
import Quantities
import Testbed

/// Attaches pods to one network on one node, by the CNI plugins running in the node's namespace.
struct PodAttacher: Sendable {
    /// The name of a pod's interface, as a kubelet would have it.
    static let interface = "eth0"

    private let list: NetworkConfigurationList
    private let nodeNamespace: String
    private let cacheDirectory: String
    private let pluginDirectories: [String]
    private let runtime: CNIRuntime

    init(
        network: NetworkPlan,
        node: Int,
        nodeNamespace: String,
        plan: AddressPlan,
        options: LocalTestbed.Options,
        ties: ProcessTies
    ) throws {
        let leases = options.paths.leases(ofRun: options.run, network: network.name, node: node)
        list = try NodeConflist(network: network, node: node, plan: plan, leases: leases).list()
        self.nodeNamespace = nodeNamespace
        cacheDirectory = options.paths.attachments(ofRun: options.run)
        pluginDirectories = options.pluginDirectories
        runtime = NodeRuntime.make(
            nodeNamespace: nodeNamespace,
            pluginDirectories: pluginDirectories,
            cacheDirectory: cacheDirectory,
            ties: ties
        )
    }

    /// What the ledger keeps so that the attachment can be undone by someone else.
    func ledgerItem(for namespace: String) throws -> LedgerItem {
        LedgerItem(
            kind: .attachment,
            name: namespace,
            detail: try AttachmentDetail(
                nodeNamespace: nodeNamespace, cache: cacheDirectory, list: list.json(),
                plugins: pluginDirectories.joined(separator: ":")
            ).json()
        )
    }

    /// Runs ADD and CHECK for a pod; its addresses come from the result.
    func attach(_ namespace: String, as place: Place) async throws(TestbedError) -> [IPAddress] {
        do {
            let attachment = Self.attachment(of: namespace)
            let result = try await runtime.add(list, attachment)
            if list.version.hasCheck, !list.disableCheck {
                try await runtime.check(list, attachment)
            }
            return result.containerAddresses.map(\.address)
        } catch {
            throw TestbedError(
                code: TestbedError.Code(error),
                operation: "attach pod",
                object: "\(place)",
                cause: "\(error)"
            )
        }
    }

    static func attachment(of namespace: String) -> Attachment {
        Attachment(
            containerID: namespace,
            namespacePath: NetworkNamespace.path(named: namespace),
            interfaceName: interface
        )
    }
}
