import Testing

@testable import Reports

@Suite("names from users cannot break out of any output language")
struct EscapeTests {
    static let nasty = "a'b\"c<script>&`id`|x,y\n$(reboot)@m\\"

    @Test("markup is escaped, and characters that XML forbids are replaced")
    func markup() {
        #expect(Escape.markup("<b a='1'>&\"\u{1}") == "&lt;b a=&#39;1&#39;&gt;&amp;&quot;\u{FFFD}")
    }

    @Test("a gnuplot string is single-quoted, on one line, with quotes doubled")
    func gnuplot() {
        #expect(Escape.gnuplot("it's `id`\nx") == "'it''s `id` x'")
    }

    @Test(
        "CSV fields are quoted where needed, and formulas are defused",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"),
            ("-3.5", "-3.5"),
            ("a\nb", "\"a\nb\""),
        ]
    )
    func csv(text: String, field: String) {
        #expect(Escape.csv(text) == field)
    }

    @Test("file names hold no separators and are never empty or hidden")
    func fileNames() {
        #expect(Escape.fileName("../../etc/Passwd") == "etc-passwd")
        #expect(Escape.fileName("···") == "unnamed")
        #expect(Escape.fileName(".hidden") == "hidden")
    }

    @Test("words for a command line are quoted when a shell would not take them as they are")
    func arguments() {
        #expect(Escape.argument("quickstart.yaml") == "quickstart.yaml")
        #expect(Escape.argument("a b'c") == "'a b'\\''c'")
        #expect(Escape.argument("") == "''")
    }

    @Test("a run with hostile names gives pages without foreign tags and one gnuplot command a line")
    func hostileRun() {
        var run = SampleRun.run(name: Self.nasty)
        run.environment["<img src=x>"] = "<script>alert(1)</script>"
        run.trials[0].reason = "</td><script>"
        let model = ReportModel(run)
        let html = Report.render(.html, run)
        #expect(!html.contains("<script>") && !html.contains("<img src=x>"))
        for chart in ChartCatalogue.charts(model) {
            #expect(chart.name.allSatisfy { $0.isLetter || $0.isNumber || "-_.~".contains($0) })
            let odd = chart.script.split(separator: "\n").filter { !$0.filter { $0 == "'" }.count.isMultiple(of: 2) }
            #expect(odd.isEmpty, "unbalanced quotes: \(odd)")
        }
        #expect(!Report.render(.junit, run).contains("c<script>"))
    }
}
