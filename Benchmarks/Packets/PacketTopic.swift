import Statistics

/// Our packets per second beside those of a bare C loop, of iperf3, of netperf and of sockperf.
struct PacketTopic {
    let options: Options

    private struct Figures {
        var sent = Series()
        var received = Series()
    }

    func run() async throws {
        BenchmarkNamespaces.sweep()
        defer { BenchmarkNamespaces.sweep() }
        let ours = PacketAgentTool(program: options.program)
        if let obstacle = ours.obstacle { throw LeftOut(obstacle) }
        let others: [any PacketTool] = [
            PacketFloorTool(program: options.floor, looks: false), PacketFloorTool(program: options.floor, looks: true),
            PacketIperf3Tool(), PacketNetperfTool(), PacketSockperfTool(),
        ]
        let tools = [ours] + others.filter { $0.obstacle == nil }
        let figures = try await measure(tools)
        var table = MarkdownTable(
            "UDP packets of \(PacketSetting.messageSize) bytes of payload over one veth pair, the sender on processor 0, the "
                + "receiver on processor 1 (1,000 a second)",
            columns: ["tool", "received", "spread", "ours / it", "sent", "spread", "n"],
            notes: others.compactMap(\.obstacle))
        for tool in tools {
            let figure = figures[tool.name] ?? Figures()
            let own = figures[ours.name] ?? Figures()
            table.add([
                tool.name, Figure.text(figure.received.median), Figure.percent(figure.received.spread),
                tool.name == ours.name ? "1" : own.received.ratio(to: figure.received, seed: options.seed),
                Figure.text(figure.sent.median), Figure.percent(figure.sent.spread), "\(figure.received.n)",
            ])
        }
        table.print()
    }

    private func measure(_ tools: [any PacketTool]) async throws -> [String: Figures] {
        let pair = try VethPair()
        var random = SeededGenerator(seed: options.seed)
        var figures: [String: Figures] = [:]
        // Not kept: the first one wakes everything up.
        _ = try await tools[0].measure(over: pair)
        for block in 0..<options.blocks {
            StandardError.print("packets: block \(block + 1) of \(options.blocks)")
            for tool in random.shuffled(tools) {
                try Task.checkCancellation()
                var rates: PacketRates?
                do {
                    rates = try await tool.measure(over: pair)
                } catch {
                    try Task.checkCancellation()
                    StandardError.print("packets: \(tool.name): \(error)")
                }
                figures[tool.name, default: Figures()].received.append(rates.map { $0.received / 1_000 })
                figures[tool.name, default: Figures()].sent.append(rates?.sent.map { $0 / 1_000 })
            }
        }
        return figures
    }
}
