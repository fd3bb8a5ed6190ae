import LinuxHost
import Netlink
public import Quantities

/// Sees with the kernel that an ADD did what its result says: an ADD that claims success is not believed.
public enum PodInspection {
    /// Looks for the interface and for each of the addresses.
    public static func verify(_ pod: Pod, has addresses: [CIDR]) async throws(PodError) {
        let result = await PlainThread.run { () -> Result<Void, PodError> in
            do throws(NetlinkError) {
                let socket = try NetlinkSocket(in: pod.namespace)
                guard try socket.link(named: Pod.interface) != nil else {
                    return .failure(
                        PodError(
                            .misplaced, operation: "see", object: "pod \(pod.number)",
                            cause: "ADD claims success, and there is no \(Pod.interface) in the namespace of the pod: "
                                + "the plugin made nothing, or made it elsewhere"
                        )
                    )
                }
                let found = try socket.addresses(of: Pod.interface)
                guard let missing = addresses.first(where: { !found.contains($0) }) else { return .success(()) }
                return .failure(
                    PodError(
                        .misplaced, operation: "see", object: "pod \(pod.number)",
                        cause: "ADD claims the address \(missing), and the pod has \(found.map(\.description))"
                    )
                )
            } catch {
                return .failure(PodError(error))
            }
        }
        try result.get()
    }
}
