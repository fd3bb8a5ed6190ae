import ArgumentParser
import LocalTestbed
import Testbed

/// The testbeds that there are.
enum TestbedName: String, CaseIterable, ExpressibleByArgument, Sendable {
    case local

    /// What makes such a testbed; the one place that names them.
    var provider: any TestbedProvider { provider(inLab: nil) }

    /// The same in a lab that is up.
    func provider(inLab name: String?) -> any TestbedProvider {
        switch self {
        case .local:
            LocalProvider(
                agentExecutable: ProgramPath.running, pluginDirectories: PluginPath.current,
                lab: name.flatMap { LabName($0) })
        }
    }

    /// Whether a lab can be called so.
    static func isLab(_ name: String) -> Bool { LabName(name) != nil }

    /// All of them, for whoever removes what any of them left.
    static var providers: [any TestbedProvider] { allCases.map(\.provider) }
}
