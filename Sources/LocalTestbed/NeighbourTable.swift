import LinuxHost
import Testbed

/// The kernel's tables of neighbours: one for each family, shared by all namespaces of the machine.
enum NeighbourTable {
    /// What kernels have unless they are told.
    static let usualLimit = 1_024
    private static let settings = ["ipv4", "ipv6"].map { "net.\($0).neigh.default.gc_thresh3" }

    /// Why so many entries have no room; nil where they have.
    static func shortcoming(for count: Int) -> Shortcoming? {
        shortcoming(for: count, limit: settings.compactMap(limit).min() ?? usualLimit)
    }

    static func shortcoming(for count: Int, limit: Int) -> Shortcoming? {
        guard count > limit else { return nil }
        return Shortcoming(
            what: "this would be up to \(count) neighbours, and the kernel keeps \(limit) for all namespaces together: "
                + "packets to the others would be lost",
            wayOut: "take local.network: netlink, whose neighbours do not count, or fewer pairs, or raise "
                + "net.ipv4.neigh.default.gc_thresh3 and that of ipv6")
    }

    /// The setting stands in the first namespace only.
    private static func limit(_ setting: String) -> Int? {
        (try? Sysctl.read(setting, in: NetworkNamespace.current())).flatMap { Int($0) }
    }
}
