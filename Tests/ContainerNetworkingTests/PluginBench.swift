import ContainerNetworking
import Foundation

/// The type under test; Swift Testing has one of the same name.
typealias Attachment = ContainerNetworking.Attachment

/// A scratch directory with fake plugins, which keep what they were given.
final class PluginBench: Sendable {
    let directory: String
    var plugins: String { "\(directory)/plugins" }
    var cache: String { "\(directory)/cache" }

    init() throws {
        directory = "\(NSTemporaryDirectory())/nm-cni-\(UUID().uuidString)"
        for name in ["plugins", "seen"] {
            try FileManager.default.createDirectory(
                atPath: "\(directory)/\(name)",
                withIntermediateDirectories: true
            )
        }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    func runtime(deadline: Duration = .seconds(30)) -> CNIRuntime {
        CNIRuntime(pluginDirectories: [plugins], deadline: deadline, cacheDirectory: cache)
    }

    /// Writes a plugin: it keeps its environment and input, then runs the script of the command, or succeeds.
    func install(_ type: String, add: String = "", check: String = "", delete: String = "", version: String = "") throws
    {
        let script = """
            #!/bin/sh
            cat > "\(directory)/seen/\(type).$CNI_COMMAND.json"
            env | grep '^CNI_' | sort > "\(directory)/seen/\(type).$CNI_COMMAND.env"
            echo "$CNI_COMMAND \(type)" >> "\(directory)/seen/log"
            case $CNI_COMMAND in
            ADD) \(add.isEmpty ? Self.answer(#"{"cniVersion":"1.0.0"}"#) : add) ;;
            CHECK) \(check.isEmpty ? ":" : check) ;;
            DEL) \(delete.isEmpty ? ":" : delete) ;;
            VERSION) \(version.isEmpty ? ":" : version) ;;
            esac
            """
        try write(type, script)
    }

    /// Writes a plugin that is this script.
    func write(_ type: String, _ script: String) throws {
        let path = "\(plugins)/\(type)"
        let script = script.hasPrefix("#!") ? script : "#!/bin/sh\n\(script)\n"
        try Data(script.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    /// The script that answers with this text.
    static func answer(_ text: String, exit code: Int = 0) -> String {
        "printf '%s' '\(text)'; exit \(code)"
    }

    /// The calls so far, such as `ADD bridge`.
    func calls() -> [String] {
        let text = (try? String(contentsOfFile: "\(directory)/seen/log", encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }

    /// The input of the plugin's last call of this command.
    func input(_ type: String, _ command: String) throws -> JSONValue {
        let path = "\(directory)/seen/\(type).\(command).json"
        return try JSONValue(parsing: String(contentsOfFile: path, encoding: .utf8))
    }

    /// The CNI variables of the plugin's last call of this command.
    func environment(_ type: String, _ command: String) throws -> [String] {
        let text = try String(contentsOfFile: "\(directory)/seen/\(type).\(command).env", encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    static func list(
        _ types: [String], version: String = "1.0.0", extra: String = ""
    ) throws -> NetworkConfigurationList {
        let plugins = types.map { #"{"type":"\#($0)"}"# }.joined(separator: ",")
        return try NetworkConfigurationList(
            json: #"{"cniVersion":"\#(version)","name":"net","plugins":[\#(plugins)]\#(extra)}"#
        )
    }

    static let attachment = Attachment(containerID: "pod-1", namespacePath: "/run/netns/pod-1")
}
