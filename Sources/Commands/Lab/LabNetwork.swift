import Contract
import Experiments
import Resources
import Testbed

/// Networks of a lab, by the presets of `CNIPerformance`.
enum LabNetwork {
    static let names = CNIPerformance.Preset.allCases.map(\.rawValue).joined(separator: ", ")

    static func plan(preset name: String, podsOnNode: [Int]) throws(CommandFailure) -> NetworkPlan {
        guard let preset = CNIPerformance.Preset(rawValue: name) else {
            throw CommandFailure(.badArguments, "--networks: there is no preset \(name); there are \(names)")
        }
        return NetworkPlan(name: name, preset: preset, podsOnNode: podsOnNode)
    }
}
