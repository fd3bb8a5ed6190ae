import Statistics

extension ChartPage {
    /// Where things stand on the page, in points from the top left.
    struct Layout {
        struct Frame { let x, y, width, height: Double }

        static let lineHeight = 15.0
        private static let keyHeight = 19.0
        private static let keyMark = 22.0

        let height: Double
        let subtitle: [String]
        let footnotes: [String]
        let keyPlaces: [(x: Double, y: Double)]
        let footTop: Double
        private let panelsTop: Double
        private let page: ChartPage

        init(page: ChartPage) {
            self.page = page
            let inner = ChartTheme.width - 2 * ChartTheme.margin
            subtitle = ChartTheme.wrap(page.subtitle, width: inner, size: ChartTheme.smallSize)
            footnotes = page.footnotes.flatMap { ChartTheme.wrap($0, width: inner, size: ChartTheme.tinySize) }
            var y = 44 + Double(subtitle.count) * Self.lineHeight + 4
            var x = ChartTheme.margin
            var places: [(x: Double, y: Double)] = []
            for key in page.keys {
                let width = Self.keyMark + ChartTheme.width(of: key.text, size: ChartTheme.textSize) + 16
                if x > ChartTheme.margin, x + width > ChartTheme.width - ChartTheme.margin {
                    x = ChartTheme.margin
                    y += Self.keyHeight
                }
                places.append((x, y))
                x += width
            }
            keyPlaces = places
            panelsTop = y + (page.keys.isEmpty ? 0 : Self.keyHeight - 6)
            let rows = page.spans.isEmpty ? (page.panels.count + page.columns - 1) / max(1, page.columns) : 1
            let heights = page.panelHeights.isEmpty ? Double(rows) * page.panelHeight : page.panelHeights.reduce(0, +)
            footTop = panelsTop + heights + 4
            height = footTop + Double(footnotes.count) * Self.lineHeight + 8
        }

        func frame(ofPanel index: Int) -> Frame {
            if page.spans.indices.contains(index) {
                let span = page.spans[index]
                return Frame(x: span.x, y: panelsTop, width: span.width, height: page.panelHeight)
            }
            if page.panelHeights.indices.contains(index) {
                return Frame(
                    x: ChartTheme.margin, y: panelsTop + page.panelHeights[..<index].reduce(0, +),
                    width: ChartTheme.width - 2 * ChartTheme.margin, height: page.panelHeights[index])
            }
            let width = (ChartTheme.width - 2 * ChartTheme.margin) / Double(page.columns)
            return Frame(
                x: ChartTheme.margin + Double(index % page.columns) * width,
                y: panelsTop + Double(index / page.columns) * page.panelHeight, width: width, height: page.panelHeight
            )
        }

        /// A horizontal place as a fraction of the page.
        func x(_ points: Double) -> String { NumberText.fixed(points / ChartTheme.width, decimals: 5) }

        /// A vertical place as a fraction of the page, which gnuplot counts from below.
        func y(_ points: Double) -> String { NumberText.fixed(1 - points / height, decimals: 5) }

        func text(
            _ text: String, x: Double, y: Double, size: Double, bold: Bool = false, colour: String = Palette.ink
        ) -> String {
            let font = bold ? "DejaVu Sans Bold,\(size)" : "DejaVu Sans,\(size)"
            // Texts of others may be of any length; none goes on beyond the page.
            let text = ChartTheme.fit(text, width: ChartTheme.width - x, size: size)
            return "set label \(Escape.gnuplot(text)) at screen \(self.x(x)),\(self.y(y)) left "
                + "font '\(font)' textcolor rgb '\(colour)'"
        }

        func key(_ key: Key, at place: (x: Double, y: Double)) -> [String] {
            let colour = key.style.colour
            let mark: String
            switch key.mark {
            case .box:
                mark =
                    "set object rectangle from screen \(x(place.x)),\(y(place.y + 6)) to screen "
                    + "\(x(place.x + 15)),\(y(place.y - 6)) fillcolor rgb '\(colour)' fillstyle solid 1 noborder"
            case .line: mark = line(key, at: place)
            case .point: mark = point(key, at: place)
            case .curve: mark = line(key, at: place) + "\n" + point(key, at: place)
            }
            return [mark, text(key.text, x: place.x + ChartPage.Layout.keyMark, y: place.y, size: ChartTheme.textSize)]
        }

        private func line(_ key: Key, at place: (x: Double, y: Double)) -> String {
            "set arrow from screen \(x(place.x)),\(y(place.y)) to screen \(x(place.x + 18)),\(y(place.y)) "
                + "nohead lc rgb '\(key.style.colour)' lw 5 dt \(key.style.dash)"
        }

        private func point(_ key: Key, at place: (x: Double, y: Double)) -> String {
            "set label '' at screen \(x(place.x + 8)),\(y(place.y)) point pt \(key.style.point) ps 1.6 "
                + "lc rgb '\(key.style.colour)'"
        }
    }
}
