import Contract
import LinuxHost
import Netlink
import Quantities

/// Sees with the kernel that an ADD did what its result says: an ADD that claims success is not believed.
enum PodInspection {
    static func verify(_ pod: Pod, has addresses: [CIDR]) async throws(ProbeFailure) {
        let result = await PlainThread.run { () -> Result<Void, ProbeFailure> in
            do throws(NetlinkError) {
                let socket = try NetlinkSocket(in: pod.namespace)
                guard try socket.link(named: Pod.interface) != nil else {
                    return .failure(
                        ProbeFailure(
                            .misplaced,
                            "ADD claims success, and there is no \(Pod.interface) in the namespace of the pod: "
                                + "the plugin made nothing, or made it elsewhere"
                        )
                    )
                }
                let found = try socket.addresses(of: Pod.interface)
                guard let missing = addresses.first(where: { !found.contains($0) }) else { return .success(()) }
                return .failure(
                    ProbeFailure(
                        .misplaced,
                        "ADD claims the address \(missing), and the pod has \(found.map(\.description))"
                    )
                )
            } catch {
                return .failure(ProbeFailure(.system, error.description))
            }
        }
        try result.get()
    }
}
