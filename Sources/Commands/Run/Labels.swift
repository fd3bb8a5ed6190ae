import Contract

/// Labels of the command line: `k=v`.
enum Labels {
    static func parse(_ texts: [String]) throws(CommandFailure) -> [String: String] {
        var labels: [String: String] = [:]
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw CommandFailure(.badArguments, "--label \(text): expected a name and a value, such as build=417")
            }
            labels[String(parts[0])] = String(parts[1])
        }
        return labels
    }
}
