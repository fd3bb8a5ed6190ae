/// What has to have happened before what: each step begins, holds and completes, and waits for such events of others.
struct StepOrder {
    private let names: [String]
    /// For each event, those that come before it; an event is three times the step's place plus 0, 1 or 2.
    private var before: [[Int]]

    init(_ steps: [(step: Scenario.Step, place: StepDraft.Place)]) {
        names = steps.map(\.step.name)
        let places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
        before = Array(repeating: [], count: steps.count * 3)
        for (index, (step, place)) in steps.enumerated() {
            let (begun, holds, ended) = (3 * index, 3 * index + 1, 3 * index + 2)
            before[holds].append(begun)
            before[ended].append(holds)
            for wait in step.waits {
                guard let other = places[wait.step] else { continue }
                before[begun].append(3 * other + Self.rank(wait.condition))
            }
            for other in step.during.compactMap({ places[$0] }) { before[begun].append(3 * other + 1) }
            for (other, (_, otherPlace)) in steps.enumerated() where other != index {
                switch (otherPlace, place) {
                case (.stage(let first), .stage(let second)) where first + 1 == second:
                    before[begun].append(3 * other + 2)
                // What goes on in the background is there when the first stage begins, unless it waits itself.
                case (.background, .stage(0)) where steps[other].step.beginsAtOnce: before[begun].append(3 * other + 1)
                // What goes on in the background is ended when all stages are through.
                case (.stage, .background): before[ended].append(3 * other + 2)
                case (.stage, .finally), (.background, .finally): before[begun].append(3 * other + 2)
                case (.finally(let first), .finally(let second)) where first + 1 == second:
                    before[begun].append(3 * other + 2)
                default: break
                }
            }
        }
    }

    private static func rank(_ condition: Scenario.StepCondition) -> Int {
        switch condition {
        case .started: 0
        case .holding: 1
        case .completed: 2
        }
    }

    /// Steps that wait for each other, the first named again at the end; nil where none do.
    func circle() -> [String]? {
        // 0: not seen, 1: on the way here, 2: known to be free of circles.
        var state = [Int](repeating: 0, count: before.count)
        for start in before.indices where state[start] == 0 {
            var way: [(event: Int, next: Int)] = [(start, 0)]
            state[start] = 1
            while let (event, next) = way.last {
                guard next < before[event].count else {
                    state[event] = 2
                    way.removeLast()
                    continue
                }
                way[way.count - 1].next += 1
                let other = before[event][next]
                if state[other] == 1 {
                    let from = way.firstIndex { $0.event == other } ?? 0
                    var steps: [String] = []
                    for name in way[from...].map({ names[$0.event / 3] }) where steps.last != name {
                        steps.append(name)
                    }
                    if let first = steps.first, steps.count > 1, steps.last != first { steps.append(first) }
                    return steps
                }
                if state[other] == 0 {
                    state[other] = 1
                    way.append((other, 0))
                }
            }
        }
        return nil
    }

    /// Whether one has surely ended before another begins.
    func isOver(_ step: String, before other: String) -> Bool { comes(step, before: other, event: 0) }

    /// Whether one has surely ended when another has.
    func hasEnded(_ step: String, at other: String) -> Bool {
        step == other || comes(step, before: other, event: 2)
    }

    private func comes(_ step: String, before other: String, event: Int) -> Bool {
        guard let first = names.firstIndex(of: step), let second = names.firstIndex(of: other) else { return false }
        var seen: Set<Int> = [3 * second + event]
        var open = Array(seen)
        while let next = open.popLast() {
            if next == 3 * first + 2 { return true }
            for earlier in before[next] where seen.insert(earlier).inserted { open.append(earlier) }
        }
        return false
    }
}
