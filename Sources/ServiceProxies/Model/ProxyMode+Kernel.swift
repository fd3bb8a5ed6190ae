public import Contract
import LinuxHost

extension ProxyMode {
    /// What of the kernel the mode needs that not every kernel has; x_tables' matches are found by loading them.
    public var kernelFeatures: Set<KernelFeature> {
        switch self {
        case .none, .iptablesLegacy: [.veth]
        case .iptablesNFT, .nftables, .nftablesEndpointChains: [.veth, .nftables]
        case .ipvs: [.veth, .ipvs, .dummy]
        }
    }
}
