import LinuxHost
import Netlink
import Quantities

/// What a container runtime does to a pod's namespace before CNI ADD.
enum PodNamespace {
    /// Brings the loopback up and turns duplicate address detection off, which would delay the first IPv6 packet.
    static func prepare(_ name: String, families: [IPAddress.Family]) throws {
        let namespace = try NetworkNamespace.open(named: name)
        if families.contains(.ipv6) {
            try Sysctl.write("net.ipv6.conf.all.accept_dad", "0", in: namespace)
            try Sysctl.write("net.ipv6.conf.default.accept_dad", "0", in: namespace)
        }
        try NetlinkSocket(in: namespace).setUp("lo")
    }
}
