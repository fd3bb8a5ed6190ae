import Contract
import HTTP
import LinuxHost
import Probes
import ServiceProxies
import Testbed

extension LocalDiagnosis {
    /// Looks at what measurements are made with, and tries it as a run would: service proxies, tools and libraries.
    static func measurements() async -> [Diagnosis] {
        var found: [Diagnosis] = []
        for mode in ProxyMode.allCases where mode != .none { found.append(await proxy(mode)) }
        found.append(await tool(.iperf3, for: "throughput"))
        found.append(await tool(.netperf, for: "tests with tool: netperf", isOptional: true))
        found.append(
            Diagnosis(
                what: HTTPLibrary.name, purpose: "NetworkConnectivityTest: protocol: http and https",
                isOptional: true, shortcoming: LocalNeeds.http))
        return found
    }

    private static func proxy(_ mode: ProxyMode) async -> Diagnosis {
        var features: Set<KernelFeature> = []
        var shortcoming: Shortcoming?
        switch await LocalNeeds.answer(to: .serviceProxy(mode)) {
        case .here: break
        case .missing(let missing): shortcoming = missing
        case .kernelLacks(let lacking):
            features = Set(lacking.keys)
            let sorted = lacking.sorted { $0.key.rawValue < $1.key.rawValue }
            shortcoming = Shortcoming(
                what: sorted.map { "\($0.key.rawValue): \($0.value)" }.joined(separator: "; "),
                wayOut: "a kernel with " + sorted.map(\.key.configuration).joined(separator: ", ")
            )
        }
        return Diagnosis(
            what: "proxy: \(mode.rawValue)",
            purpose: "proxies: [\(mode.rawValue)]",
            isOptional: true,
            features: features,
            shortcoming: shortcoming
        )
    }

    private static func tool(_ tool: ProbeTool, for purpose: String, isOptional: Bool = false) async -> Diagnosis {
        let isHere = tool.path != nil
        return Diagnosis(
            what: isHere ? "\(tool.rawValue) \(await tool.version())" : tool.rawValue,
            purpose: purpose,
            isOptional: isOptional,
            shortcoming: isHere ? nil : Shortcoming(what: "not installed", wayOut: tool.hint)
        )
    }
}
