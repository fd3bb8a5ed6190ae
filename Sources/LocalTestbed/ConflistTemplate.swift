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
        let plugin: String
        switch preset {
        case .none, .conflist:
            return nil
        case .bridge:
            plugin = """
                {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true, \
                "mtu": {{mtu}}, "ipam": \(ipam)}
                """
        case .pointToPoint:
            plugin = "{\"type\": \"ptp\", \"ipMasq\": false, \"mtu\": {{mtu}}, \"ipam\": \(ipam)}"
        }
        text = "{\"cniVersion\": \"1.0.0\", \"name\": \"{{name}}\", \"plugins\": [\(plugin)]}"
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
