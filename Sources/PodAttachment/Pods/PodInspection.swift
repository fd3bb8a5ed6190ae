import LinuxHost
import Netlink
public import Quantities

/// Sees with the kernel that an ADD did what its result says: an ADD that claims success is not believed.
public enum PodInspection {
    /// Looks for the interface and for each of the addresses.
    public static func verify(_ pod: Pod, has addresses: [CIDR]) async throws(PodError) {
        try await PlainThread.run(failure: { PodError($0) }) { () throws(PodError) in
            let found: [CIDR]?
            do throws(NetlinkError) {
                let socket = try NetlinkSocket(in: pod.namespace)
                found = try socket.link(named: Pod.interface) == nil ? nil : socket.addresses(of: Pod.interface)
            } catch {
                throw PodError(error)
            }
            guard let found else {
                throw misplaced(
                    pod,
                    "ADD claims success, and there is no \(Pod.interface) in the namespace of the pod: "
                        + "the plugin made nothing, or made it elsewhere")
            }
            guard let missing = addresses.first(where: { !found.contains($0) }) else { return }
            throw misplaced(
                pod, "ADD claims the address \(missing), and the pod has \(found.map(\.description))")
        }
    }

    private static func misplaced(_ pod: Pod, _ cause: String) -> PodError {
        PodError(.misplaced, operation: "see", object: "pod \(pod.number)", cause: cause)
    }
}
