import Contract
import Statistics

/// What held when, in words: a row for what held in one place, however often.
enum SpanTable {
    private static let limit = 200

    static func make(_ model: ReportModel) -> ReportTable {
        var order: [String] = []
        var groups: [String: [PlacedSpan]] = [:]
        for placed in model.spans {
            let key = "\(placed.span.role.rawValue) \(placed.span.title)"
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(placed)
        }
        let rows = order.prefix(limit).compactMap { key -> [ReportTable.Cell]? in
            guard let all = groups[key], let first = all.first, let last = all.map(\.end).max() else { return nil }
            return [
                .init(first.span.role == .condition ? "changed on purpose" : "found"), .init(first.span.name),
                .init(first.span.place), .init("\(all.count)"), .init(seconds(first.start)),
                .init(all.contains { $0.span.end == nil } ? "the end" : seconds(last)), .init(first.span.detail),
            ]
        }
        return ReportTable(
            header: ["Role", "What", "Where", "Times", "From", "Until", "Detail of the first"], rows: rows, names: 3)
    }

    private static func seconds(_ time: Double) -> String { "\(NumberText.fixed(time, decimals: 2)) s" }
}
