import ArgumentParser
import LocalTestbed
import Testbed

/// The testbeds that there are.
enum TestbedName: String, CaseIterable, ExpressibleByArgument, Sendable {
    case local

    /// What makes such a testbed; the one place that names them.
    var provider: any TestbedProvider {
        switch self {
        case .local: LocalProvider(agentExecutable: ProgramPath.running, pluginDirectories: PluginPath.current)
        }
    }

    /// All of them, for whoever removes what any of them left.
    static var providers: [any TestbedProvider] { allCases.map(\.provider) }
}
