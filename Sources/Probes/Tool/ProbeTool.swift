import Contract
import Processes

/// A measuring program that is not ours: where it is, and what to do when it is missing.
public enum ProbeTool: String, Sendable, CaseIterable {
    case iperf3
    case netperf
    case netserver

    /// The absolute path of the program, or nil when it is not installed.
    public var path: String? { Programs.find(rawValue) }

    /// What to install, for a person.
    public var hint: String {
        switch self {
        case .iperf3: "install it: apt-get install iperf3"
        case .netperf, .netserver:
            "install it: on Debian the package netperf is in the component non-free, which must be added to the apt "
                + "sources first"
        }
    }

    /// The path, or the failure `toolMissing` with the way out.
    func require() throws(ProbeFailure) -> String {
        guard let path else {
            throw ProbeFailure(.toolMissing, "\(rawValue) is not installed; \(hint)")
        }
        return path
    }

    /// The version that the program tells, such as `3.12`; `unknown` when it tells none.
    public func version() async -> String {
        guard let path else { return "unknown" }
        // netserver has no option for it but comes with netperf.
        let command =
            self == .iperf3
            ? Command(executable: path, arguments: ["--version"])
            : Command(executable: ProbeTool.netperf.path ?? path, arguments: ["-V"])
        guard let output = try? await ProcessRunner.run(command, deadline: .seconds(2)) else { return "unknown" }
        return Self.version(in: output.standardOutput + "\n" + output.standardError) ?? "unknown"
    }

    /// Facts of the environment: `tool.NAME`, the version, and what exactly the file is.
    public func facts() async -> [String: String] {
        let name = "tool.\(rawValue)"
        guard let path else { return [name: "missing"] }
        return await ProgramFacts.read([name: path]).merging([name: await version()]) { fact, _ in fact }
    }

    /// The first word that is a number with a point, as in `iperf 3.12 (cJSON 1.7.15)`.
    static func version(in text: String) -> String? {
        text.split(whereSeparator: \.isWhitespace).first { word in
            let parts = word.split(separator: ".")
            return parts.count > 1 && parts[0].allSatisfy(\.isNumber) && parts[1].first?.isNumber == true
        }.map(String.init)
    }
}
