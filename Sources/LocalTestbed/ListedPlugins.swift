import ContainerNetworking
import Contract
import Foundation
import LinuxHost
import Testbed

/// What the plugins of a configuration list need, known by their types, whoever wrote the list.
enum ListedPlugins {
    /// The types of the plugins in the list of a file, its placeholders not filled in; none where it cannot be read,
    /// which is said elsewhere.
    static func types(inListAt path: String) -> [String] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return [] }
        return types(in: text)
    }

    static func types(in text: String) -> [String] {
        // A digit is a value and a part of a string alike.
        let filled = text.replacing(/\{\{[A-Za-z0-9]*\}\}/, with: "0")
        return (try? NetworkConfigurationList(json: filled))?.pluginTypes ?? []
    }

    /// What of the kernel plugins of these types need that not every kernel has.
    static func kernelFeatures(of types: [String]) -> Set<KernelFeature> {
        Set(types.compactMap { features[$0] })
    }

    /// The same for a way to attach pods.
    static func kernelFeatures(of network: NetworkPlan.PodNetwork) -> Set<KernelFeature> {
        switch network {
        case .conflist(let path): kernelFeatures(of: types(inListAt: path))
        case .ipvlan: kernelFeatures(of: ["ipvlan"])
        case .macvlan: kernelFeatures(of: ["macvlan"])
        case .none, .bridge, .pointToPoint, .chained, .direct, .adopted: []
        }
    }

    private static let features: [String: KernelFeature] = [
        "ipvlan": .ipvlan, "macvlan": .macvlan, "dummy": .dummy,
    ]
}
