public import Contract

/// Something that a measurement needs of where it runs, beside networks, nodes and pods.
public enum Need: Sendable, Hashable {
    /// A program that is not ours, by its name, such as `iperf3`.
    case program(String)
    /// What requests by HTTP are made with.
    case http
    /// What a way to attach pods needs: plugins, and links of the kernel.
    case podNetwork(NetworkPlan.PodNetwork)
    /// What a mode of service proxies needs: programs that load it, and parts of the kernel.
    case serviceProxy(ProxyMode)
    /// Room for so many entries in the kernel's table of neighbours, which all namespaces share.
    case neighbours(Int)
    /// Something that not every kernel has.
    case kernel(KernelFeature)
}
