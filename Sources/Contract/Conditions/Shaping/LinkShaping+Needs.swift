extension LinkShaping {
    /// What of the kernel it takes that not every kernel has.
    public var kernelFeatures: Set<KernelFeature> {
        var features: Set<KernelFeature> = [.netem]
        if !filters.isEmpty || !exempt.isEmpty { features.formUnion([.prio, .flower]) }
        if direction.hasIngress { features.formUnion([.ingress, .flower, .mirred, .ifb]) }
        return features
    }
}
