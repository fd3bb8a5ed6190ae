import Contract
import Processes

/// Looks at how a measuring program ended: what it printed before does not make a result of a failure.
enum ToolEnd {
    /// The failure of a client that did not end with exit code 0, whatever it printed; nil when it did.
    static func failure(of tool: String, _ output: ProcessOutput) -> ProbeFailure? {
        guard !output.status.isSuccess else { return nil }
        let printed = words(of: output)
        let what =
            printed.contains { !$0.isWhitespace } ? "what it printed is kept as an artifact" : "it printed nothing"
        return ProbeFailure(
            .toolFailed,
            "\(tool) ended with \(output.status), so nothing it says is taken for a result; \(what); "
                + "run it by hand to see why",
            words: printed
        )
    }

    /// Everything that a program printed, standard output first.
    static func words(of output: ProcessOutput) -> String {
        let (first, second) = (output.standardOutput, output.standardError)
        guard !first.isEmpty, !second.isEmpty else { return first + second }
        return first + (first.hasSuffix("\n") ? "" : "\n") + second
    }
}
