import Statistics

/// Our requests over many connections beside those of a C loop over epoll(7), and of netperf.
struct ConnectionsTopic {
    private struct Figures {
        var rate = Series()
        var p50 = Series()
        var processor = Series()
    }

    private struct Key: Hashable {
        let tool: String
        let setting: ConnectionsSetting
    }

    let options: Options

    func run() async throws {
        BenchmarkNamespaces.sweep()
        defer { BenchmarkNamespaces.sweep() }
        let ours = AgentConnections(program: options.program)
        let others: [any ConnectionsTool] = [
            FloorConnections(program: options.floor), NetperfConnections(),
        ]
        if let obstacle = ours.obstacle { throw LeftOut(obstacle) }
        let tools: [any ConnectionsTool] = [ours] + others.filter { $0.obstacle == nil }
        let figures = try await measure(tools)
        for setting in ConnectionsSetting.all {
            table(setting, tools.map(\.name), figures, notes: others.compactMap(\.obstacle)).print()
        }
    }

    private func measure(_ tools: [any ConnectionsTool]) async throws -> [Key: Figures] {
        let pair = try VethPair()
        var random = SeededGenerator(seed: options.seed)
        var figures: [Key: Figures] = [:]
        for block in 0..<options.blocks {
            StandardError.print("connections: block \(block + 1) of \(options.blocks)")
            for setting in random.shuffled(ConnectionsSetting.all) {
                for tool in random.shuffled(tools) {
                    try Task.checkCancellation()
                    var result: ConnectionsResult?
                    do {
                        result = try await tool.measure(setting, over: pair)
                    } catch {
                        try Task.checkCancellation()
                        StandardError.print("connections: \(tool.name): \(error)")
                    }
                    let key = Key(tool: tool.name, setting: setting)
                    figures[key, default: Figures()].rate.append(result?.rate)
                    figures[key, default: Figures()].p50.append(result?.p50)
                    figures[key, default: Figures()].processor.append(result?.processor)
                }
            }
        }
        return figures
    }

    /// One row for each tool; the first tool is ours.
    private func table(
        _ setting: ConnectionsSetting, _ tools: [String], _ figures: [Key: Figures], notes: [String]
    ) -> MarkdownTable {
        var table = MarkdownTable(
            setting.title,
            columns: [
                "tool", "replies/s", "spread", "ours / it", "p50 (us)", "spread", "ours / it",
                "client's processor (us)",
                "spread", "ours / it", "n",
            ], notes: notes)
        let all = tools.map { figures[Key(tool: $0, setting: setting)] ?? Figures() }
        for (tool, own) in zip(tools, all) {
            var row = [tool]
            for metric in [\Figures.rate, \Figures.p50, \Figures.processor] {
                let series = own[keyPath: metric]
                let ratio = tool == tools[0] ? "1" : all[0][keyPath: metric].ratio(to: series, seed: options.seed)
                row += [Figure.text(series.median), Figure.percent(series.spread), ratio]
            }
            table.add(row + ["\(own.rate.n)"])
        }
        return table
    }
}
