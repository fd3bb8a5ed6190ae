import Contract
import Resources

/// What is wrong with a text, one line for each problem; empty when nothing is.
func problems(in yaml: String, overrides: [Override] = []) -> [String] {
    do throws(ResourceErrors) {
        _ = try ResourceDecoder.decode(yaml: yaml, file: "t.yaml", overrides: overrides)
        return []
    } catch {
        return error.problems.map(\.description)
    }
}

/// The first resource of a valid text.
func performance(_ yaml: String, overrides: [Override] = []) throws -> CNIPerformance? {
    try ResourceDecoder.decode(yaml: yaml, file: "t.yaml", overrides: overrides).first?.resource as? CNIPerformance
}

/// The smallest valid resource, in which single lines can be replaced.
enum Sample {
    static let lines = [
        "apiVersion: networkmachinery.io/v1alpha1",
        "kind: CNIPerformance",
        "metadata: {name: sample}",
        "spec:",
        "  nodes: 2",
        "  networks:",
        "  - {name: bridge, preset: bridge}",
        "  paths: [same-node]",
        "  tests:",
        "  - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 250ms}",
        "  repetitions: {minimum: 6, maximum: 6}",
    ]

    /// The sample with some lines replaced; the numbers count from 1, as in problems.
    static func yaml(_ replacements: [Int: String] = [:]) -> String {
        lines.enumerated().map { replacements[$0.offset + 1] ?? $0.element }.joined(separator: "\n") + "\n"
    }

    /// The sample with one other test.
    static func yaml(test: String) -> String {
        yaml([10: "  - {name: t, \(test)}"])
    }
}
