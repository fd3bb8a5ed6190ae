/// The languages that a report is written in.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// One page that opens from disk.
    case html
    /// Tables for a pull request or a wiki.
    case markdown
    /// Everything, for programs.
    case json
    /// One line a sample.
    case csv
    /// One test case a trial, for continuous integration.
    case junit
    /// Medians and intervals, for a Prometheus text-file collector.
    case openmetrics
}

/// Writes runs down.
public enum Report {
    /// The runs in a format; pictures, which only HTML can hold, are shown by their run's name.
    public static func render(_ format: ReportFormat, _ runs: [RunData], pictures: [Picture] = []) -> String {
        render(format, runs.map { ReportModel($0) }, pictures: pictures)
    }

    /// One run in a format, without pictures.
    public static func render(_ format: ReportFormat, _ run: RunData) -> String {
        render(format, [run])
    }

    static func render(_ format: ReportFormat, _ models: [ReportModel], pictures: [Picture]) -> String {
        switch format {
        case .html: HTMLReport.page(models, pictures: pictures)
        case .markdown: models.map(MarkdownReport.document).joined(separator: "\n")
        case .json: JSONReport.document(models)
        case .csv: CSVReport.document(models.map(\.run))
        case .junit: JUnitReport.document(models)
        case .openmetrics: OpenMetricsReport.document(models)
        }
    }
}
