import LinuxHost
import Netlink

/// The kernel's settings of a namespace, `/proc/sys/net`.
enum SettingThings {
    /// The kind of these things, by which they begin.
    static let kind = "sysctl"

    /// One thing for each setting and its value, such as `sysctl net/ipv4/ip_forward = 1`.
    ///
    /// Of the settings of single links, only those of `uplinks` and of links that are not one pod's are looked at.
    static func list(uplinks: Set<String>) -> Set<String> {
        let shared = ((try? NetlinkSocket().links()) ?? []).filter { $0.kind.name != "veth" }.map(\.name)
        let wanted = uplinks.union(shared).union(["all", "default"])
        return things(
            Sysctl.settings(below: "net") { directory in
                let parts = directory.split(separator: "/")
                // net/ipv4/conf/NAME and net/ipv6/neigh/NAME
                guard parts.count == 4, ["conf", "neigh"].contains(parts[2]) else { return true }
                return wanted.contains(String(parts[3]))
            }
        )
    }

    /// The settings as things, without counters that happen to stand among them.
    static func things(_ settings: [String: String]) -> Set<String> {
        Set(settings.filter { !counters.contains($0.key) }.map { "\(kind) \($0.key) = \($0.value)" })
    }

    // The one counts connections; the other is drawn at random when somebody first needs it.
    private static let counters: Set<String> = ["net/netfilter/nf_conntrack_count", "net/ipv4/tcp_fastopen_key"]
}
