import Contract
import HTTP
import LinuxHost
import Probes
import Processes
import ServiceProxies
import Testbed

/// Answers what measurements need of this machine beside the topology.
enum LocalNeeds {
    /// The answer, found by looking and trying.
    static func answer(to need: Need) async -> NeedAnswer {
        let lacking = LocalKernel.lacking(kernelFeatures(of: need))
        guard lacking.isEmpty else { return .kernelLacks(lacking) }
        switch need {
        case .program(let name): return answer(toProgram: name)
        case .http: return http.map { .missing($0) } ?? .here
        // Plugins are looked for with the topology, which cannot be set up without them.
        case .podNetwork, .kernel: return .here
        case .serviceProxy(let mode):
            guard let words = await ServiceProxyFactory.shortcoming(of: mode) else { return .here }
            return .missing(Shortcoming(what: words, wayOut: ""))
        case .neighbours(let count): return NeighbourTable.shortcoming(for: count).map { .missing($0) } ?? .here
        }
    }

    /// What keeps requests by HTTP from being made; nil where nothing does.
    static var http: Shortcoming? {
        HTTPLibrary.problem.map {
            Shortcoming(
                what: "\(HTTPLibrary.name) cannot be loaded (\($0))", wayOut: "apt install \(HTTPLibrary.package)")
        }
    }

    private static func answer(toProgram name: String) -> NeedAnswer {
        guard Programs.find(name) == nil else { return .here }
        let hint = ProbeTool(rawValue: name)?.hint ?? Programs.hint(forMissing: name)
        return .missing(Shortcoming(what: "\(name) is not installed", wayOut: hint))
    }

    /// What of the kernel it needs that not every kernel has.
    static func kernelFeatures(of need: Need) -> Set<KernelFeature> {
        switch need {
        case .program, .http, .neighbours: []
        case .podNetwork(let network): ListedPlugins.kernelFeatures(of: network)
        case .serviceProxy(let mode): mode.kernelFeatures
        case .kernel(let feature): [feature]
        }
    }

    /// Versions of the programs that are needed, and what exactly their files are.
    static func facts(for needs: Set<Need>) async -> [String: String] {
        var modes: [ProxyMode] = []
        var facts: [String: String] = [:]
        for need in needs {
            switch need {
            case .program(let name):
                // netserver comes with netperf, and has no version of its own.
                guard let tool = ProbeTool(rawValue: name), tool != .netserver else { continue }
                facts.merge(await tool.facts()) { fact, _ in fact }
            case .serviceProxy(let mode): modes.append(mode)
            case .http, .podNetwork, .kernel, .neighbours: break
            }
        }
        if !modes.isEmpty { facts.merge(await ServiceProxyFactory.facts(for: modes)) { fact, _ in fact } }
        return facts
    }
}
