/// Every round trip that was measured, by setting and tool.
struct RoundTripResults {
    private struct Key: Hashable {
        let tool: String
        let setting: RoundTripSetting
    }

    private struct Figures {
        var p50 = Series()
        var p99 = Series()
        var mean = Series()
    }

    private var figures: [Key: Figures] = [:]

    mutating func add(_ result: RoundTrip?, _ tool: String, _ setting: RoundTripSetting) {
        let key = Key(tool: tool, setting: setting)
        figures[key, default: Figures()].p50.append(result?.p50)
        figures[key, default: Figures()].p99.append(result?.p99)
        figures[key, default: Figures()].mean.append(result?.mean)
    }

    /// One row for each tool; the first tool is ours.
    func table(_ setting: RoundTripSetting, _ tools: [String], notes: [String], seed: UInt64) -> MarkdownTable {
        var table = MarkdownTable(
            "\(setting.title) (us)",
            columns: [
                "tool", "p50", "spread", "ours / it", "mean", "spread", "ours / it", "p99", "spread", "ours / it", "n",
            ], notes: notes)
        let all = tools.map { figures[Key(tool: $0, setting: setting)] ?? Figures() }
        for (tool, figures) in zip(tools, all) {
            var row = [tool]
            for metric in [\Figures.p50, \Figures.mean, \Figures.p99] {
                let series = figures[keyPath: metric]
                let ratio = tool == tools[0] ? "1" : all[0][keyPath: metric].ratio(to: series, seed: seed)
                row += [Figure.text(series.median), Figure.percent(series.spread), ratio]
            }
            table.add(row + ["\(figures.p50.n)"])
        }
        return table
    }
}
