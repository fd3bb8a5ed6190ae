public import Contract
import Processes

extension ServiceProxyFactory {
    /// What this machine lacks for a mode, in words with the package or kernel option; nil when it can be used.
    ///
    /// It is tried in a network namespace that is thrown away.
    public static func shortcoming(of mode: ProxyMode) async -> String? {
        let nowhere = IPv4Range(IPv4Address(number: 0), prefixLength: 32)
        let configuration = ProxyConfiguration(localPodRange: nowhere, nodeAddresses: [], deadline: .seconds(20))
        guard let proxy = proxy(for: mode, configuration: configuration) else {
            return "this version knows no proxy of mode \(mode.rawValue)"
        }
        return await proxy.shortcoming()
    }

    /// Versions of the programs that the modes load services with, as `tool.NAME`, and what exactly their files are.
    public static func facts(for modes: [ProxyMode]) async -> [String: String] {
        let names = Set(modes.flatMap(programs)).sorted()
        var facts = await ProgramFacts.read(named: names, under: "tool.")
        for program in names { facts["tool.\(program)"] = await version(of: program) }
        return facts
    }

    /// The programs whose versions stand for all of their package: `iptables-nft` is one file with its restore and
    /// save.
    private static func programs(of mode: ProxyMode) -> [String] {
        switch mode {
        case .none: []
        case .iptablesLegacy: ["iptables-legacy", "iptables-legacy-restore"]
        case .iptablesNFT: ["iptables-nft", "iptables-nft-restore"]
        case .nftables, .nftablesEndpointChains: ["nft"]
        case .ipvs: ["iptables-nft", "iptables-nft-restore", "ipset"]
        }
    }

    private static func version(of program: String) async -> String {
        let command = Command(executable: program, arguments: ["--version"])
        do {
            let output = try await ProcessRunner.run(command, deadline: .seconds(5)).requireSuccess()
            let line = output.standardOutput.split(separator: "\n").first.map(String.init) ?? ""
            return line.isEmpty ? "unknown" : line
        } catch {
            return "missing"
        }
    }
}
