import Contract
import JSON
import Processes

/// Loads rules into the namespace of this process by nft, and reads their counters.
enum RuleLoader {
    /// Loads a text as one transaction.
    static func load(_ text: String, what: String) async throws(ProbeFailure) {
        let output = try await nft(["-f", "-"], input: text, what)
        guard output.status.isSuccess else {
            throw ProbeFailure(
                .toolFailed, "nft refused \(what): \(output.standardError)", words: output.standardError)
        }
    }

    /// The packets of each rule of a table that counts, in the order of the listing.
    static func counters(of table: String) async throws(ProbeFailure) -> [Int] {
        let names = table.split(separator: " ").map(String.init)
        let output = try await nft(["--json", "list", "table"] + names, input: "", "the listing of \(table)")
        guard output.status.isSuccess else {
            throw ProbeFailure(
                .toolFailed, "nft does not list \(table): \(output.standardError)", words: output.standardError)
        }
        do throws(JSONError) {
            return try counters(in: JSONNode(parsing: output.standardOutput))
        } catch {
            throw ProbeFailure(.rubbish, "what nft lists of \(table) is not understood: \(error)")
        }
    }

    /// The same of a listing in JSON; pure.
    static func counters(in listing: JSONNode) throws(JSONError) -> [Int] {
        var counters: [Int] = []
        for object in try listing.required("nftables").elements() {
            guard let rule = object["rule"] else { continue }
            for expression in try rule.required("expr").elements() {
                guard let counter = expression["counter"] else { continue }
                counters.append(try counter.required("packets").wholeNumber())
            }
        }
        return counters
    }

    private static func nft(
        _ arguments: [String], input: String, _ what: String
    ) async throws(ProbeFailure) -> ProcessOutput {
        do throws(ProcessError) {
            return try await ProcessRunner.run(
                Command(executable: "nft", arguments: arguments), input: input, deadline: .seconds(10))
        } catch {
            throw ProbeFailure(.toolMissing, "\(what) cannot be loaded: \(error.description)")
        }
    }
}
