import Contract

/// What happened when in a run and its steps, on one axis: seconds since the run began.
struct Course {
    /// What held in one place, as often as it did.
    struct Row: Equatable {
        enum Role: Int { case step, condition, finding }
        let role: Role
        let name: String
        var stretches: [Stretch]
    }

    /// From when to when, and whether it had ended by then.
    struct Stretch: Equatable {
        let start: Double
        let end: Double
        var isOpen = false
    }

    /// A quantity; where it has gaps it is nil.
    struct Line: Equatable {
        let name: String
        let unit: String
        /// What the picture of it is called; nil where the name says it all.
        var heading: String?
        var points: [Series.Point]
        /// Whether its points are of trials, with nothing known in between.
        let isDotted: Bool
    }

    let rows: [Row]
    let lines: [Line]
    let end: Double

    /// Nil where no trial recorded what held when, and none a quantity over its time.
    init?(_ model: ReportModel) {
        let run = model.run
        var rows = Rows()
        var lines = Self.series(of: run, offset: 0, prefix: "")
        for step in run.steps {
            let name = Self.name(of: step, in: run)
            rows.add(.step, name, Stretch(start: step.start, end: step.end))
            rows.add(PlacedSpan.all(in: step.run), offset: step.start)
            for line in Self.series(of: step.run, offset: step.start, prefix: "\(name): ") {
                // A step that is run again goes on where it was, and between the two nothing is known.
                if let place = lines.firstIndex(where: { $0.name == line.name && $0.unit == line.unit }),
                    let first = line.points.first
                {
                    lines[place].points += [Series.Point(at: first.at, value: nil)] + line.points
                } else {
                    lines.append(line)
                }
            }
        }
        rows.add(model.spans, offset: 0)
        guard rows.all.contains(where: { $0.role != .step }) || !lines.isEmpty else { return nil }
        if lines.isEmpty { lines = Self.trials(of: model) }
        self.rows = rows.all.sorted {
            ($0.role.rawValue, $0.stretches[0].start) < ($1.role.rawValue, $1.stretches[0].start)
        }
        self.lines = lines
        let times = rows.all.flatMap(\.stretches).map(\.end) + lines.flatMap(\.points).map(\.at)
        end = max(times.max() ?? 0, 1e-3)
    }

    /// The step's name, with the levels of its cell where there is a matrix; blocks repeat all of it.
    private static func name(of step: RunData.Step, in run: RunData) -> String {
        let cell = step.run.labels.filter { $0.key != "block" && run.labels[$0.key] == nil }.sorted { $0.key < $1.key }
        return cell.isEmpty
            ? step.name : "\(step.name) (\(cell.map { "\($0.key) \($0.value)" }.joined(separator: ", ")))"
    }

    /// Rows in the order in which they come up, one for each name.
    private struct Rows {
        private(set) var all: [Row] = []
        private var places: [String: Int] = [:]

        mutating func add(_ role: Row.Role, _ name: String, _ stretch: Stretch) {
            let key = "\(role) \(name)"
            if let place = places[key] {
                all[place].stretches.append(stretch)
            } else {
                places[key] = all.count
                all.append(Row(role: role, name: name, stretches: [stretch]))
            }
        }

        mutating func add(_ spans: [PlacedSpan], offset: Double) {
            for placed in spans {
                add(
                    placed.span.role == .condition ? .condition : .finding, placed.span.title,
                    Stretch(
                        start: offset + placed.start, end: offset + placed.end, isOpen: placed.span.end == nil))
            }
        }
    }

    private static func series(of run: RunData, offset: Double, prefix: String) -> [Line] {
        var lines: [Line] = []
        var places: [String: Int] = [:]
        for trial in run.trials {
            guard let start = trial.start else { continue }
            for series in trial.series {
                let points = series.points.map { Series.Point(at: offset + start + $0.at, value: $0.value) }
                guard let first = points.first else { continue }
                let key = "\(series.unit) \(series.name)"
                if let place = places[key] {
                    // Between two trials nothing is known.
                    lines[place].points += [Series.Point(at: first.at, value: nil)] + points
                } else {
                    places[key] = lines.count
                    lines.append(
                        Line(name: prefix + series.name, unit: series.unit, points: points, isDotted: false))
                }
            }
        }
        return lines
    }

    /// The first of the shown metrics that several trials have, a dot a trial, by the compared levels.
    private static func trials(of model: ReportModel) -> [Line] {
        let metric = model.shownMetrics.first { metric in
            model.run.trials.count { $0.value(of: metric.name) != nil } > 1
        }
        guard let metric, !model.layout.levels.isEmpty else { return [] }
        return model.layout.levels.compactMap { level in
            let points = model.run.trials.compactMap { trial -> Series.Point? in
                guard let start = trial.start, model.layout.place(of: trial).level == level,
                    let value = trial.value(of: metric.name)
                else { return nil }
                return Series.Point(at: start + (trial.seconds ?? 0) / 2, value: value)
            }
            guard !points.isEmpty else { return nil }
            return Line(
                name: level.isEmpty ? Wording.title(of: metric) : level, unit: metric.unit,
                heading: Wording.title(of: metric), points: points,
                isDotted: true)
        }
    }
}

extension Span {
    /// Where, and what: names of conditions are long, and are what is cut where there is no room.
    var title: String { place.isEmpty ? name : "\(place) · \(name)" }
}
