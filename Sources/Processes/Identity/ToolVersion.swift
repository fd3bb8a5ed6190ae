/// What a program says of itself.
public enum ToolVersion {
    /// The first line of what it prints for `--version`; CNI plugins print theirs on standard error.
    public static func firstLine(of program: String) async -> String {
        let command = Command(executable: program, arguments: ["--version"])
        guard let output = try? await ProcessRunner.run(command, deadline: .seconds(5)) else { return "unknown" }
        let words = output.standardOutput + output.standardError
        return words.split(separator: "\n").first.map(String.init) ?? "unknown"
    }
}
