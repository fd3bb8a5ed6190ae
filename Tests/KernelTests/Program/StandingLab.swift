import Foundation
import Quantities
import TestSupport
import Testing

/// A lab that is up for the length of a test, and what stands in it.
struct StandingLab {
    let bench: Workbench
    let places: [LabPlace]

    /// Brings one up with so many pods on each of two nodes, and takes it down when the body is done.
    static func with(
        _ purpose: String, pods: Int, _ body: (StandingLab) async throws -> Void
    ) async throws {
        try await Workbench.with(purpose) { bench in
            let up = try await bench.run(
                ["lab", "up", "--pods", "\(pods)", "--output", "json", "--database", bench.database])
            try #require(up.exitCode == 0, "\(up.standardError)")
            try await body(StandingLab(bench: bench, places: try LabPlace.list(up)))
            let down = try await bench.run(["lab", "down", "--database", bench.database])
            #expect(down.exitCode == 0, "\(down.standardError)")
        }
    }

    /// The first address of a place, such as `node0/pod1`.
    func address(of place: String) throws -> IPAddress {
        let found = try #require(places.first { $0.place == "bridge/\(place)" }?.addresses.first)
        return try CIDR(parsing: found).address
    }

    /// Starts a program in a place.
    func start(_ words: [String], in place: String) throws -> RunningProgram {
        try bench.start(["lab", "exec", "bridge/\(place)", "--"] + words)
    }

    /// Runs a program in a place, which has to end well, and returns what it printed.
    @discardableResult
    func run(_ words: [String], in place: String) async throws -> String {
        let result = try await start(words, in: place).end(within: .seconds(20))
        try #require(result.exitCode == 0, "\(words): \(result.standardError)")
        return result.standardOutput
    }

    /// Runs a resource in the lab.
    func measure(_ yaml: String) async throws -> ProgramResult {
        let file = try bench.write(yaml, to: "resource.yaml")
        return try await bench.startRun(file, "--lab", "lab").end(within: .seconds(120))
    }

    /// The links, routes, rules of routes and packets, and queues of every place, and who is there.
    func state() async throws -> [String: String] {
        var state: [String: String] = [:]
        let listings = [
            "ip link show", "ip -4 route show table all", "ip -6 route show", "ip rule show", "tc qdisc show",
            "nft list ruleset",
        ]
        for place in places {
            let words = ["netns", "exec", place.namespace, "sh", "-e", "-c", listings.joined(separator: "; ")]
            let result = try await bench.run(words, program: "ip")
            try #require(result.exitCode == 0, "\(result.standardError)")
            // A bridge says a moment later that it is up, and link-local addresses come by themselves.
            state[place.place] = result.standardOutput.replacing(#/state [A-Z]+ /#, with: "")
                .split(separator: "\n").filter { !$0.contains("fe80:") }.joined(separator: "\n")
        }
        state["lab ps"] = try await bench.run(["lab", "ps", "--output", "json"]).standardOutput
        return state
    }
}
