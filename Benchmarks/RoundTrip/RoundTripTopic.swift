import Statistics

/// Our TCP and UDP round trip beside that of netperf, of sockperf and of a bare C loop.
struct RoundTripTopic {
    let options: Options

    func run() async throws {
        BenchmarkNamespaces.sweep()
        defer { BenchmarkNamespaces.sweep() }
        let ours = AgentTool(program: options.program)
        let others: [any RoundTripTool] = [FloorTool(program: options.floor), NetperfTool(), SockperfTool()]
        let obstacles = ([ours] + others).compactMap(\.obstacle)
        if let obstacle = ours.obstacle { throw LeftOut(obstacle) }
        let tools = [ours] + others.filter { $0.obstacle == nil }
        let results = try await measure(tools)
        for setting in RoundTripSetting.all {
            results.table(setting, tools.map(\.name), notes: obstacles, seed: options.seed).print()
        }
    }

    private func measure(_ tools: [any RoundTripTool]) async throws -> RoundTripResults {
        let pair = try VethPair()
        var random = SeededGenerator(seed: options.seed)
        var results = RoundTripResults()
        var paces: [RoundTripSetting: Pace] = [:]
        for setting in RoundTripSetting.all {
            // Not kept: the first one wakes everything up, and says how many round trips fill the time.
            let first = try await tools[0].measure(setting, over: pair, pace: Pace(microseconds: 20))
            paces[setting] = Pace(microseconds: first.mean)
        }
        for block in 0..<options.blocks {
            StandardError.print("round-trip: block \(block + 1) of \(options.blocks)")
            for setting in random.shuffled(RoundTripSetting.all) {
                for tool in random.shuffled(tools) {
                    try Task.checkCancellation()
                    do {
                        let pace = paces[setting] ?? Pace(microseconds: 20)
                        results.add(try await tool.measure(setting, over: pair, pace: pace), tool.name, setting)
                    } catch {
                        try Task.checkCancellation()
                        StandardError.print("round-trip: \(tool.name): \(error)")
                        results.add(nil, tool.name, setting)
                    }
                }
            }
        }
        return results
    }
}
