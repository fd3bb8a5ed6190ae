import ContainerNetworking
import LinuxHost
import Quantities
import Testbed

/// The text of a CNI configuration list for one node, before it is parsed.
///
/// Presets are ours; a user's file may hold every ``Placeholder``.
struct ConflistTemplate: Sendable, Equatable {
    let text: String
    /// Where it was read; empty for presets.
    let file: String

    /// The list that a preset stands for; nil for the bare node.
    init?(preset: NetworkPlan.PodNetwork, families: [IPAddress.Family]) {
        let ranges = families.map { "[{\"subnet\": \"{{\($0 == .ipv4 ? "podCIDR" : "podCIDRv6")}}\"}]" }
        let defaults = families.map { "{\"dst\": \"\($0 == .ipv4 ? "0.0.0.0/0" : "::/0")\"}" }
        let ipam = """
            {"type": "host-local", "dataDir": "{{dataDir}}", "ranges": [\(ranges.joined(separator: ", "))], \
            "routes": [\(defaults.joined(separator: ", "))]}
            """
        // ipMasq is off, since the fabric routes the pods' own addresses. hairpinMode lets a packet go back to the pod
        // it came from.
        let bridge = """
            {"type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true, \
            "mtu": {{mtu}}, "ipam": \(ipam)}
            """
        let plugin: String
        switch preset {
        case .none, .direct, .adopted, .conflist:
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
        file = ""
        let check = Self.spoilsCheck(preset) ? "\"disableCheck\": true, " : ""
        text = "{\"cniVersion\": \"1.0.0\", \"name\": \"{{name}}\", \(check)\"plugins\": [\(plugin)]}"
    }

    private static func spoilsCheck(_ preset: NetworkPlan.PodNetwork) -> Bool {
        guard case .chained(let companion) = preset else { return false }
        return KnownFault.spoilsCheck(ofPlugins: [companion.rawValue])
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

    /// The most bytes of a list; filled in, it has to fit into the line of an agent's plan.
    private static let longest = 32_768

    /// The list in a user's file, which is read again for each node.
    init(file: String) throws(ConflistProblems) {
        self.file = file
        do throws(InputText.Failure) {
            text = try InputText.read(file, atMost: Self.longest)
        } catch {
            throw ConflistProblems([
                ConflistProblem(
                    file: file,
                    position: nil,
                    message: "the configuration list \(file) cannot be read: \(error.reason); "
                        + "its path begins at the directory of the resource's own file"
                )
            ])
        }
    }

    /// The list with every placeholder filled in, and with the plugins of files beside it.
    func list(with values: [Placeholder: String]) throws(ConflistProblems) -> NetworkConfigurationList {
        let filled = try FilledTemplate(text, with: values, file: file)
        let files = PluginFiles(besides: file) { (text, path) throws(CNIError) in
            do throws(ConflistProblems) {
                return try FilledTemplate(text, with: values, file: path).text
            } catch {
                throw CNIError(plugin: path, command: nil, kind: .invalidConfiguration, msg: "\(error)")
            }
        }
        do throws(CNIError) {
            return try NetworkConfigurationList(json: filled.text) { (name) throws(CNIError) in
                file.isEmpty ? [] : try files.plugins(of: name)
            }
        } catch {
            // What is wrong in another file has its place in the message, and no position here.
            let position = error.position.map(filled.placeInTemplate)
            throw ConflistProblems([ConflistProblem(file: file, position: position, message: error.msg)])
        }
    }
}
