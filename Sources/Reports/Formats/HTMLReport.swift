import Contract
import Foundation
import Results
import Statistics

/// One page that opens from disk: no scripts, no other files, pictures inside.
enum HTMLReport {
    static func page(_ models: [ReportModel], pictures: [Picture]) -> String {
        let names = models.map(\.run.name).joined(separator: ", ")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Escape.markup(names)) · network-machinery</title>
            <style>
            \(HTMLStyle.sheet)</style>
            </head>
            <body>
            <main>
            \(models.map { body($0, pictures: pictures) }.joined())</main>
            </body>
            </html>

            """
    }

    /// The answer first: over sizes that is the scale and its pictures, else the verdicts.
    private static func body(_ model: ReportModel, pictures: [Picture]) -> String {
        let answer =
            model.allCurveSets.isEmpty
            ? standings(model) + verdicts(model) + conformance(model) + gallery(model, pictures: pictures)
            : scale(model) + conformance(model) + gallery(model, pictures: pictures) + verdicts(model)
        return header(model) + findings(model) + steps(model) + answer + numbers(model) + failures(model)
            + environment(model)
            + spans(model) + events(model)
            + again(model)
    }

    private static func header(_ model: ReportModel) -> String {
        let run = model.run
        var facts = [
            run.kind, "run \(run.id)", run.startedAt + (run.endedAt.map { " to \($0)" } ?? ""),
            Wording.text(run.outcome),
            Wording.count(run.trials.count, "trial"), "testbed \(run.testbed)", "seed \(run.seed)", run.toolVersion,
        ]
        facts += model.layout.constants.map { "\($0.name) \($0.level)" }
        facts += run.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        var text = "<h1>\(Escape.markup(run.name))</h1>\n<p class=\"facts\">"
        text +=
            facts.filter { !$0.isEmpty }.map { "<span>\(Escape.markup($0))</span>" }.joined(separator: " ") + "</p>\n"
        if !model.notes.isEmpty {
            text +=
                "<ul class=\"notes\">\n"
                + model.notes.map { "<li>\(Escape.markup($0))</li>\n" }.joined() + "</ul>\n"
        }
        return text
    }

    private static func standings(_ model: ReportModel) -> String {
        let standings = model.standings
        guard !standings.isEmpty else { return "" }
        return section(
            "Who is better at what",
            "<p>\(Escape.markup(StandingTable.summary(standings, model: model)))</p>\n"
                + HTMLTable.text(StandingTable.table(standings, model: model))
                + "<p class=\"method\">\(Escape.markup(StandingTable.legend))</p>\n")
    }

    private static func verdicts(_ model: ReportModel) -> String {
        guard model.layout.compared != nil, model.run.design.matrix == nil else { return "" }
        let comparisons = model.comparisons.filter { !$0.rows.isEmpty }
        guard !comparisons.isEmpty else {
            return section(
                "Verdicts", "<p>There is nothing to compare: no two levels have values of a judged metric.</p>\n")
        }
        let first = model.comparisons.filter(\.isAgainstBaseline)
        let others = model.comparisons.filter { !$0.isAgainstBaseline }
        var text = HTMLTable.text(VerdictTables.overview(model.comparisons))
        let shown = first.isEmpty ? others : first
        text += folded("Every question", VerdictTables.matrix(shown, model: model))
        if !first.isEmpty, !others.isEmpty {
            text += "<details><summary>All other pairs</summary>\n"
            text += HTMLTable.text(VerdictTables.matrix(others, model: model)) + "</details>\n"
        }
        text += """
            <p class="method">Change: ratio of the candidate to the base, with the interval that the verdict rests on \
            (Hodges-Lehmann, from the order statistics of the Mann-Whitney test; all of a comparison together hold with 95 %; \
            none where the trials are too few). p: two-sided Mann-Whitney test, corrected after Holm over all rows \
            \(model.layout.scale == nil ? "" : "of one metric ")of one comparison. A difference counts when p is below 0.05 and the change is at least the metric's minimum \
            relevant change. Differs: significant, but smaller than that. Two groups, other tail, other spread: the middle is not \
            the whole story. ↑ more is better, ↓ less is better.</p>

            """
        return section("Verdicts", text)
    }

    private static func scale(_ model: ReportModel) -> String {
        guard let scale = model.layout.scale, !model.allCurveSets.isEmpty else { return "" }
        var text = ""
        func part(_ title: String, _ table: ReportTable, _ others: ReportTable?, method: String) {
            guard !table.rows.isEmpty || others?.rows.isEmpty == false else { return }
            text += "<h3>\(Escape.markup(title))</h3>\n"
            if !table.rows.isEmpty { text += HTMLTable.text(table) }
            if let others, !others.rows.isEmpty {
                text += "<details><summary>Metrics that are not judged</summary>\n\(HTMLTable.text(others))</details>\n"
            }
            text += "<p class=\"method\">\(Escape.markup(method))</p>\n"
        }
        part("Capacity", CapacityTable.make(model), nil, method: CapacityTable.method(model))
        part("Knee", KneeTable.make(model), nil, method: KneeTable.method)
        if CurveTables.hasCrossovers(model) {
            part("Crossovers", CurveTables.crossovers(model), nil, method: CurveTables.crossoverMethod)
        } else if model.layout.compared != nil {
            text += "<h3>Crossovers</h3>\n<p>\(Escape.markup(CurveTables.noCrossovers(model)))</p>\n"
        }
        part(
            "Cost of one more of \(scale.factor)", CostTable.make(model, model.curveSets),
            CostTable.make(model, model.otherCurveSets), method: CostTable.method(model)
        )
        part(
            "Growth", CurveTables.growth(model, model.curveSets), CurveTables.growth(model, model.otherCurveSets),
            method: CurveTables.growthMethod(model)
        )
        return section("Scale: \(scale.factor)", text)
    }

    private static func findings(_ model: ReportModel) -> String {
        guard !model.findings.isEmpty else { return "" }
        var text = "<p>\(Escape.markup(FindingTables.summary(model)))</p>\n"
        for matrix in model.matrices {
            if !matrix.title.isEmpty { text += "<h3>\(Escape.markup(matrix.title))</h3>\n" }
            text += folded(
                "The table", FindingTables.table(matrix, corner: Wording.title(model.run.design.matrix?.rows ?? "")))
        }
        let failures = FindingTables.failures(model)
        if !failures.rows.isEmpty {
            text += "<h3>Not as expected</h3>\n" + folded("All that is not as expected", failures)
        }
        return section("Findings", text)
    }

    private static func steps(_ model: ReportModel) -> String {
        guard !model.run.steps.isEmpty else { return "" }
        return section(
            "Steps",
            "<p>Each is a run with a report of its own.</p>\n" + folded("All steps by time", StepTable.make(model)))
    }

    private static func spans(_ model: ReportModel) -> String {
        guard !model.spans.isEmpty else { return "" }
        return section("What held when", folded("Conditions and findings by time", SpanTable.make(model)))
    }

    private static func conformance(_ model: ReportModel) -> String {
        guard !model.conformance.isEmpty else { return "" }
        let deviations = ConformanceTables.deviations(model)
        return section(
            "Conformance",
            "<p>\(Escape.markup(ConformanceTables.summary(model)))</p>\n"
                + HTMLTable.text(ConformanceTables.matrix(model))
                + (deviations.rows.isEmpty ? "" : "<h3>Deviations</h3>\n" + HTMLTable.text(deviations))
        )
    }

    private static func gallery(_ model: ReportModel, pictures: [Picture]) -> String {
        let stem = Escape.fileName(model.run.name) + "-"
        let own = pictures.filter { $0.chart.name.hasPrefix(stem) }
        guard !own.isEmpty else { return "" }
        let figures = own.map { picture in
            let data = Data(picture.png).base64EncodedString()
            return "<figure><img src=\"data:image/png;base64,\(data)\" width=\"\(picture.chart.width / 2)\" "
                + "height=\"\(picture.chart.height / 2)\" alt=\"\(Escape.markup(picture.chart.description))\">"
                + "<figcaption>\(Escape.markup(picture.chart.name)).png</figcaption></figure>\n"
        }
        return section("Pictures", figures.joined() + omissions(model))
    }

    private static func omissions(_ model: ReportModel) -> String {
        guard let scale = model.layout.scale, !model.allCurveSets.isEmpty else { return "" }
        return """
            <p class="method">Distributions, ratios and single trials are drawn for the ends of \
            \(Escape.markup(scale.factor)) only, and at most \(ScaleCatalogue.limit) \
            pictures; the numbers of all are below.</p>

            """
    }

    private static func numbers(_ model: ReportModel) -> String {
        section(
            "Numbers",
            "<p>Median of the trials, its 95 % bootstrap interval, and the number of trials.</p>\n"
                + NumbersTable.parts(model).map { part in
                    (part.title.isEmpty ? "" : "<h3>\(Escape.markup(part.title))</h3>\n")
                        + folded("All numbers", part.table)
                }.joined()
        )
    }

    /// A table, behind a line to open it when it is longer than anyone scrolls past.
    private static func folded(_ title: String, _ table: ReportTable) -> String {
        guard table.rows.count > 60 else { return HTMLTable.text(table) }
        let summary = "\(Escape.markup(title)): \(Wording.count(table.rows.count, "row"))"
        return "<details><summary>\(summary)</summary>\n\(HTMLTable.text(table))</details>\n"
    }

    private static func failures(_ model: ReportModel) -> String {
        section(
            "Failures",
            model.failures.isEmpty
                ? "<p>Every trial completed.</p>\n" : HTMLTable.text(RunTables.failures(model.failures))
        )
    }

    private static func environment(_ model: ReportModel) -> String {
        section("Environment", HTMLTable.text(RunTables.environment(model.run)))
    }

    private static func events(_ model: ReportModel) -> String {
        let events = model.otherEvents
        guard !events.isEmpty else { return "" }
        return section(
            "Events",
            "<details><summary>\(Wording.count(events.count, "event"))</summary>\n"
                + HTMLTable.text(RunTables.events(events)) + "</details>\n"
        )
    }

    private static func again(_ model: ReportModel) -> String {
        section(
            "Run it again",
            """
            <p>Save the resource as <code>\(Escape.markup(Escape.fileName(model.run.name))).yaml</code> (JSON is YAML), then:</p>
            <pre>\(Escape.markup(model.rerunCommand))</pre>
            <details><summary>Resource</summary>
            <pre>\(Escape.markup(ResourceText.indented(model.run.resource)))</pre>
            </details>

            """
        )
    }

    private static func section(_ title: String, _ content: String) -> String {
        "<section>\n<h2>\(Escape.markup(title))</h2>\n\(content)</section>\n"
    }
}
