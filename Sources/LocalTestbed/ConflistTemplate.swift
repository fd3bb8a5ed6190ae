import Quantities
import Testbed

/// The text of a CNI configuration list for one node, before it is parsed.
///
/// Presets are ours; a user's file may hold `{{name}}`, `{{podCIDR}}`, `{{podCIDRv6}}`, `{{mtu}}` and `{{dataDir}}`.
struct ConflistTemplate: Sendable, Equatable {
    let text: String

    /// The list that a preset stands for; nil for the bare node.
    init?(preset: NetworkPlan.PodNetwork, families: [IPAddress.Family]) {
        let ranges = families.map { "[{\"subnet\": \"{{\($0 == .ipv4 ? "podCIDR" : "podCIDRv6")}}\"}]" }
        let defaults = families.map { "{\"dst\": \"\($0 == .ipv4 ? "0.0.0.0/0" : "::/0")\"}" }
        let ipam = """
            {"type": "host-local", "dataDir": "{{dataDir}}", "ranges": [\(ranges.joined(separator: ", "))], \
            "routes": [\(defaults.joined(separator: ", "))]}
            """
        let bridge = """
            {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true, \
            "mtu": {{mtu}}, "ipam": \(ipam)}
            """
        let plugin: String
        switch preset {
        case .none, .direct, .conflist:
            return nil
        case .bridge:
            plugin = bridge
        case .chained(let companion):
            plugin = "\(bridge), \(Self.configuration(of: companion))"
        case .pointToPoint:
            plugin = "{\"type\": \"ptp\", \"ipMasq\": false, \"mtu\": {{mtu}}, \"ipam\": \(ipam)}"
        case .macvlan:
            plugin = "{\"type\": \"macvlan\", \"master\": \"eth0\", \"mode\": \"bridge\", \"ipam\": \(ipam)}"
        case .ipvlan:
            plugin = "{\"type\": \"ipvlan\", \"master\": \"eth0\", \"mode\": \"l2\", \"ipam\": \(ipam)}"
        }
        // Up to version 1.1.1, CHECK of portmap looks for IPv6 rules that ADD of an IPv4 pod does not make.
        let check = preset == .chained(.portmap) ? "\"disableCheck\": true, " : ""
        text = "{\"cniVersion\": \"1.0.0\", \"name\": \"{{name}}\", \(check)\"plugins\": [\(plugin)]}"
    }

    private static func configuration(of companion: NetworkPlan.Companion) -> String {
        switch companion {
        case .portmap: #"{"type": "portmap", "capabilities": {"portMappings": true}}"#
        case .bandwidth:
            """
            {"type": "bandwidth", "ingressRate": 1000000000, "ingressBurst": 10000000, \
            "egressRate": 1000000000, "egressBurst": 10000000}
            """
        case .tuning: #"{"type": "tuning", "sysctl": {"net.core.somaxconn": "1024"}}"#
        }
    }

    /// The list in a user's file.
    init(text: String) {
        self.text = text
    }

    /// The text with every placeholder filled in.
    func filled(with values: [String: String]) -> String {
        values.reduce(into: text) { text, entry in
            text = text.split(separator: "{{\(entry.key)}}", omittingEmptySubsequences: false)
                .joined(separator: entry.value)
        }
    }
}
