import LinuxHost
import Processes
import Statistics

/// Namespaces with a veth pair and addresses per second, beside `ip -batch`.
struct NamespaceTopic {
    let options: Options

    private enum Maker: CaseIterable {
        case ours, batch
    }

    func run() async throws {
        for program in ["ip", "nsenter"] where Programs.find(program) == nil {
            throw LeftOut("there is no \(program); \(Programs.hint(forMissing: program))")
        }
        BenchmarkNamespaces.sweep()
        defer { BenchmarkNamespaces.sweep() }
        let round = NamespaceRound()
        _ = try NetworkNamespace.create(named: round.hub)
        var random = SeededGenerator(seed: options.seed)
        for depth in NamespaceRound.Depth.allCases {
            try await measure(depth, round, &random)
        }
    }

    private func measure(
        _ depth: NamespaceRound.Depth, _ round: NamespaceRound, _ random: inout SeededGenerator
    ) async throws {
        var rates: [Maker: Series] = [:]
        var starts = Series()
        // The first round is not kept: it meets a kernel without memory for so many namespaces.
        for block in -1..<options.blocks {
            StandardError.print("namespaces, \(depth.rawValue): block \(block + 1) of \(options.blocks)")
            for maker in random.shuffled(Maker.allCases) {
                try Task.checkCancellation()
                let seconds = try await time(maker, depth, round)
                try round.verify(depth)
                try await round.tearDown()
                if block >= 0 { rates[maker, default: Series()].append(Double(NamespaceRound.count) / seconds) }
            }
            let start = try await Stopwatch.time { try await BatchMaker.makeNothing(round) }
            if block >= 0 { starts.append(start.seconds * 1_000) }
        }
        let startOf = Figure.text(starts.median)
        var table = MarkdownTable(
            "Namespaces with a veth pair, \(depth.rawValue) (1/s)",
            columns: ["maker", "namespaces/s", "spread", "ours / it", "n"],
            notes: [
                "Rounds of \(NamespaceRound.count). An empty `ip -batch` takes \(startOf) ms, which are part of its time."
            ]
        )
        let ours = rates[.ours] ?? Series()
        let batch = rates[.batch] ?? Series()
        table.add(["netmachinery", Figure.text(ours.median), Figure.percent(ours.spread), "1", "\(ours.n)"])
        table.add([
            "ip -batch", Figure.text(batch.median), Figure.percent(batch.spread),
            ours.ratio(to: batch, seed: options.seed), "\(batch.n)",
        ])
        table.print()
    }

    private func time(
        _ maker: Maker, _ depth: NamespaceRound.Depth, _ round: NamespaceRound
    ) async throws -> Double {
        switch maker {
        case .ours: try Stopwatch.seconds { try NetlinkMaker.make(round, depth) }
        case .batch: try await Stopwatch.time { try await BatchMaker.make(round, depth) }.seconds
        }
    }
}
