import Contract
import LinuxHost
import Netlink
import Processes
import Testbed

/// What the local testbed needs or could use, looked at or tried.
enum LocalDiagnosis {
    /// Looks at what places are made with: root, programs, plugins, and what this kernel can do, by trying it.
    static func examine(pluginDirectories: [String]) -> [Diagnosis] {
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
            feature(.conntrack, for: "a connection tracker that is full", isOptional: true),
            feature(.ipvs, for: "the proxy ipvs", isOptional: true),
            feature(.dummy, for: "the proxy ipvs", isOptional: true),
            feature(.netem, for: "delay, loss and rate on links", isOptional: true),
            feature(.prio, for: "shaping of some of a link's packets", isOptional: true),
            feature(.flower, for: "shaping of some of a link's packets", isOptional: true),
            feature(.ingress, for: "shaping of packets that arrive", isOptional: true),
            feature(.mirred, for: "shaping of packets that arrive", isOptional: true),
            feature(.ifb, for: "shaping of packets that arrive", isOptional: true),
            feature(.ipvlan, for: "CNI plugins over ipvlan", isOptional: true),
            feature(.macvlan, for: "CNI plugins over macvlan", isOptional: true),
        ]
    }

    private static var root: Diagnosis {
        Diagnosis(
            what: "root",
            purpose: "namespaces and links",
            shortcoming: Identity.isRoot ? nil : Shortcoming(what: "not root", wayOut: "run it with sudo")
        )
    }

    private static func program(_ name: String, for purpose: String, package: String) -> Diagnosis {
        Diagnosis(
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
    ) -> Diagnosis {
        Diagnosis(
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

    private static func feature(
        _ feature: KernelFeature,
        for purpose: String,
        isOptional: Bool = false
    ) -> Diagnosis {
        var shortcoming: Shortcoming?
        if case .no(let reason) = feature.isAvailable() {
            shortcoming = Shortcoming(what: reason, wayOut: "a kernel with \(feature.configuration)")
        }
        return Diagnosis(
            what: "kernel: \(feature.rawValue)",
            purpose: purpose,
            isOptional: isOptional,
            features: [feature],
            shortcoming: shortcoming
        )
    }
}
