import LinuxHost

/// Writes a run's pictures and its page into a directory.
public enum ReportWriter {
    /// What was written.
    public struct Files: Sendable, Equatable {
        /// The pictures' paths, in the order of the report.
        public let pictures: [String]
        /// The path of `report.html`.
        public let page: String

        /// Every path.
        public var all: [String] { pictures + [page] }
    }

    /// Draws every chart of the run as `<name>-….png` and writes `report.html` with all of them inside.
    ///
    /// Pictures of the same name that an earlier run left, and this one has no data for, are removed: see
    /// `StalePictures`. When pictures cannot be drawn, the page is still written, without them and with the reason on
    /// it, and the error is thrown after that: the numbers are not lost.
    @discardableResult
    public static func write(
        run: RunData, plots directory: String, renderer: GnuplotRenderer = GnuplotRenderer()
    ) async throws(ReportError) -> Files {
        let place = try ReportDirectory.make(directory)
        let model = ReportModel(run)
        do {
            let pictures = try await renderer.render(ChartCatalogue.charts(model), into: place)
            StalePictures(stem: Escape.fileName(run.name)).remove(
                from: place, keeping: Set(pictures.map { $0.chart.name + ".png" })
            )
            try write(Report.render(.html, [model], pictures: pictures), to: place)
            return Files(pictures: pictures.map(\.path), page: place.path(of: page))
        } catch {
            if case .cannotWrite(place.path(of: page), _) = error { throw error }
            try write(Report.render(.html, [model.noting("\(error)")], pictures: []), to: place)
            throw error
        }
    }

    private static let page = "report.html"

    private static func write(_ text: String, to place: HeldDirectory) throws(ReportError) {
        try ReportDirectory.write(Array(text.utf8), as: page, in: place)
    }
}
