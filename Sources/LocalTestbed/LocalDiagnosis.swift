public import LinuxHost
import Netlink
import Processes
public import Testbed

/// One thing that the local testbed needs or could use, and whether it is here.
public struct LocalDiagnosis: Sendable, Equatable {
    /// What it is, such as `vxlan links`.
    public let what: String
    /// What it is needed for.
    public let purpose: String
    /// Whether the quickstart does without it.
    public let isOptional: Bool
    /// The part of the kernel that it is, which a kernel guest may have where the host does not.
    public let feature: KernelFeature?
    /// Nil when it is here; otherwise why not, and the way out.
    public let shortcoming: Shortcoming?

    /// Looks at everything: root, programs, plugins, and what this kernel can do, by trying it.
    public static func examine(pluginDirectories: [String] = PluginDirectories.standard) -> [LocalDiagnosis] {
        [
            root,
            program("nsenter", for: "entering nodes and pods", package: "util-linux"),
            plugin("bridge", for: "the presets bridge and bridge-vxlan", in: pluginDirectories),
            plugin("ptp", for: "the preset ptp", in: pluginDirectories),
            plugin("host-local", for: "addresses of pods", in: pluginDirectories),
            plugin("macvlan", for: "CNIBenchmark: the preset macvlan", isOptional: true, in: pluginDirectories),
            plugin("ipvlan", for: "CNIBenchmark: the preset ipvlan", isOptional: true, in: pluginDirectories),
            plugin("portmap", for: "CNIBenchmark: bridge-portmap", isOptional: true, in: pluginDirectories),
            plugin("bandwidth", for: "CNIBenchmark: bridge-bandwidth", isOptional: true, in: pluginDirectories),
            plugin("tuning", for: "CNIBenchmark: bridge-tuning", isOptional: true, in: pluginDirectories),
            feature(.veth, for: "every network"),
            feature(.bridge, for: "the fabric, and the preset bridge"),
            feature(.vxlan, for: "the preset bridge-vxlan"),
            feature(.ipv6, for: "families: [ipv6]", isOptional: true),
            feature(.nftables, for: "packet filters, the proxy nftables", isOptional: true),
            feature(.ipvs, for: "the proxy ipvs", isOptional: true),
            feature(.dummy, for: "the proxy ipvs", isOptional: true),
            feature(.netem, for: "delay, loss and rate on links", isOptional: true),
            feature(.ipvlan, for: "CNI plugins over ipvlan", isOptional: true),
            feature(.macvlan, for: "CNI plugins over macvlan", isOptional: true),
        ]
    }

    private static var root: LocalDiagnosis {
        LocalDiagnosis(
            what: "root",
            purpose: "namespaces and links",
            shortcoming: Identity.isRoot ? nil : Shortcoming(what: "not root", wayOut: "run it with sudo")
        )
    }

    private static func program(_ name: String, for purpose: String, package: String) -> LocalDiagnosis {
        LocalDiagnosis(
            what: name,
            purpose: purpose,
            shortcoming: Programs.find(name) == nil
                ? Shortcoming(what: "not installed", wayOut: "apt install \(package)") : nil
        )
    }

    private static func plugin(
        _ name: String,
        for purpose: String,
        isOptional: Bool = false,
        in directories: [String]
    ) -> LocalDiagnosis {
        LocalDiagnosis(
            what: "CNI plugin \(name)",
            purpose: purpose,
            isOptional: isOptional,
            shortcoming: PluginDirectories.find(name, in: directories) == nil
                ? Shortcoming(
                    what: "not in \(directories.joined(separator: " or "))",
                    wayOut: "apt install containernetworking-plugins"
                ) : nil
        )
    }

    private init(
        what: String,
        purpose: String,
        isOptional: Bool = false,
        feature: KernelFeature? = nil,
        shortcoming: Shortcoming?
    ) {
        self.what = what
        self.purpose = purpose
        self.isOptional = isOptional
        self.feature = feature
        self.shortcoming = shortcoming
    }

    private static func feature(
        _ feature: KernelFeature,
        for purpose: String,
        isOptional: Bool = false
    ) -> LocalDiagnosis {
        var shortcoming: Shortcoming?
        if case .no(let reason) = feature.isAvailable() {
            shortcoming = Shortcoming(what: reason, wayOut: "a kernel with \(feature.configuration)")
        }
        return LocalDiagnosis(
            what: "kernel: \(feature.rawValue)",
            purpose: purpose,
            isOptional: isOptional,
            feature: feature,
            shortcoming: shortcoming
        )
    }
}
