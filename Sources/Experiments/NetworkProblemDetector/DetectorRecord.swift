import Contract

/// All windows of a watch, by index, with what the agents wrote as far as there is room for it.
struct DetectorRecord: Sendable {
    /// The windows of all agents.
    private(set) var byIndex: [[AgentWindow]]
    /// What they wrote, a line each.
    private(set) var lines: [String] = []
    private(set) var bytes = 0
    /// How many windows there were.
    private(set) var count = 0

    /// The largest text of observations that is kept, in bytes.
    private static let room = 8_000_000

    init(windows: Int) {
        byIndex = [[AgentWindow]](repeating: [], count: windows)
    }

    /// Takes in one agent's line; false for what is no window of this watch.
    mutating func take(_ line: String) -> Bool {
        guard let window = try? AgentWindow(json: line), byIndex.indices.contains(window.index) else { return false }
        byIndex[window.index].append(window)
        count += 1
        keep(line)
        return true
    }

    /// Adds another agent's.
    mutating func merge(_ other: DetectorRecord) {
        for (index, windows) in other.byIndex.enumerated() { byIndex[index] += windows }
        count += other.count
        for line in other.lines { keep(line) }
    }

    /// Ends the record before the first window that fewer agents have closed.
    mutating func keepWindows(seenBy agents: Int) {
        byIndex = Array(byIndex.prefix { $0.count >= agents })
    }

    private mutating func keep(_ line: String) {
        guard bytes + line.utf8.count < Self.room else { return }
        bytes += line.utf8.count + 1
        lines.append(line)
    }

    /// What is kept of the lines; its name says how many there were where that is not all.
    var observations: Artifact {
        let name = lines.count < count ? "watch-windows-\(lines.count)-of-\(count).jsonl" : "watch-windows.jsonl"
        return Artifact(
            name: name, mediaType: "application/x-ndjson", text: lines.map { $0 + "\n" }.joined())
    }
}
