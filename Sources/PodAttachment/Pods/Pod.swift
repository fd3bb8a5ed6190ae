public import ContainerNetworking
import Glibc
public import LinuxHost
import Netlink

/// A pod: a network namespace without a name, gone with the last reference to this and with the process.
public final class Pod: Sendable {
    /// The name of a pod's interface, as a kubelet would have it.
    public static let interface = "eth0"

    /// The pod's number, unique in the process.
    public let number: Int
    /// Held open by this.
    public let namespace: NetworkNamespace
    private let containerPrefix: String

    /// Makes the namespace with its loopback up, as container runtimes do before CNI ADD.
    public init(number: Int, containerPrefix: String) throws(PodError) {
        self.number = number
        self.containerPrefix = containerPrefix
        do {
            let namespace = try NetworkNamespace.createUnnamed()
            try NetlinkSocket(in: namespace).setUp("lo")
            self.namespace = namespace
        } catch {
            throw PodError(
                .system, operation: "make the namespace of", object: "pod \(number)",
                cause: "cannot make the namespace of pod \(number): \(error)")
        }
    }

    /// The path by which plugins find the namespace.
    public var path: String { "/proc/\(getpid())/fd/\(namespace.descriptor)" }

    /// What the network is attached to; each pod has a port of the node for plugins that forward ports.
    public var attachment: Attachment {
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

    /// Takes the pod's interface away behind its plugins' backs; one that is not there was taken away already.
    public func removeLink() {
        try? NetlinkSocket(in: namespace).delete(linkNamed: Self.interface)
    }
}
