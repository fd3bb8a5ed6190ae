public import Contract
import LinuxHost
import Netlink
import Quantities
public import Testbed

/// What the kernel of this machine lacks for what was asked, found by trying it.
public enum LocalKernel {
    /// What a topology needs, whatever is measured on it.
    public static func features(for topology: Topology) -> [KernelFeature] {
        var features: [KernelFeature] = [.veth, .bridge]
        if topology.networks.contains(where: { $0.podNetwork != .none && $0.fabric == .vxlan }) {
            features.append(.vxlan)
        }
        if topology.families.contains(.ipv6) { features.append(.ipv6) }
        return features
    }

    /// Which of the features are not there, with the kernel's reason; none without root, which is said elsewhere.
    public static func lacking(_ features: some Sequence<KernelFeature>) -> [KernelFeature: String] {
        guard Identity.isRoot else { return [:] }
        return Set(features).reduce(into: [:]) { lacking, feature in
            if case .no(let reason) = feature.isAvailable() { lacking[feature] = reason }
        }
    }
}
