import ContainerNetworking
import Contract
import Glibc
import LinuxHost
import Netlink

/// A pod: a network namespace without a name, gone with the last reference to this and with the process.
final class Pod: Sendable {
    /// The name of a pod's interface, as a kubelet would have it.
    static let interface = "eth0"

    /// The pod's number, unique in the process.
    let number: Int
    let namespace: NetworkNamespace
    private let containerPrefix: String

    /// Makes the namespace with its loopback up, as container runtimes do before CNI ADD.
    init(number: Int, containerPrefix: String) throws(ProbeFailure) {
        self.number = number
        self.containerPrefix = containerPrefix
        do {
            let namespace = try NetworkNamespace.createUnnamed()
            try NetlinkSocket(in: namespace).setUp("lo")
            self.namespace = namespace
        } catch {
            throw ProbeFailure(.system, "cannot make the namespace of pod \(number): \(error)")
        }
    }

    /// The path by which plugins find the namespace.
    var path: String { "/proc/\(getpid())/fd/\(namespace.descriptor)" }

    /// What the network is attached to; each pod has a port of the node for plugins that forward ports.
    var attachment: Attachment {
        Attachment(
            // Of this process, too: plugins may remember what an agent before it could not delete.
            containerID: "\(containerPrefix)\(getpid())-\(number)",
            namespacePath: path,
            interfaceName: Self.interface,
            capabilityArguments: [
                "portMappings": .array([
                    .object([
                        "hostPort": .integer(Int64(20_000 + number % 40_000)), "containerPort": .integer(80),
                        "protocol": .string("tcp"),
                    ])
                ])
            ]
        )
    }
}
