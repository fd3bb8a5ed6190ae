import Contract
import Foundation
import LinuxHost
import Processes
import Quantities
import TestSupport
import Testing

@testable import Reports

@Suite("names from users cannot break out of any output language")
struct EscapeTests {
    static let nasty = "a'b\"c<script>&`id`|x,y\n$(reboot)@m\\"

    @Test("markup is escaped, and characters that XML forbids are replaced")
    func markup() {
        #expect(Escape.markup("<b a='1'>&\"\u{1}") == "&lt;b a=&#39;1&#39;&gt;&amp;&quot;\u{FFFD}")
    }

    @Test("a gnuplot string is made of letters, digits, blanks and numbers of bytes only")
    func gnuplot() {
        #expect(Escape.gnuplot("it's `id`\nx") == #""it\047s \140id\140 x""#)
        #expect(Escape.gnuplot("5%", asFormat: true) == #""5\045\045""#)
        #expect(Escape.gnuplot("") == "\"\"")
        #expect(Escape.gnuplot("µ12 3") == #""\302\265\061\062 3""#)
    }

    @Test("a gnuplot string holds no byte that gnuplot could take for anything", arguments: HostileText.all)
    func gnuplotBytes(hostile: HostileText) throws {
        let text = Escape.gnuplot(hostile.text)
        let form = /"(?:[A-Za-z0-9 .,:()+\-\/_=]|\\[0-3][0-7][0-7](?![0-9]))*"/
        #expect(text.wholeMatch(of: form) != nil)
    }

    @Test("what DejaVu Sans has is drawn, and what it lacks, which would cover the picture, is not")
    func drawn() {
        #expect(
            DrawnText.line("Latency ↓ ± 3 µs · 10⁶ − × … é Ω я “x” ✓") == "Latency ↓ ± 3 µs · 10⁶ − × … é Ω я “x” ✓")
        #expect(DrawnText.line("漢字 ＝ \u{FFFE}\u{E000}\u{1F600}\u{378}") == "�� � ����")
    }

    @Test("gnuplot itself reads back every text as it is")
    func gnuplotReads() async throws {
        let gnuplot = ConfinedProgram(
            executable: try #require(Programs.find("gnuplot")), arguments: ["-d"])
        let texts = HostileText.all.map(\.text)
        let script = "set print \"-\"\n" + texts.map { "print \(Escape.gnuplot($0))\n" }.joined()
        let output = try await gnuplot.run(input: Array(script.utf8), deadline: .seconds(30), outputLimit: 1 << 24)
        #expect(output.exitCode == 0 && output.standardError.isEmpty)
        let lines = String(decoding: output.standardOutput, as: UTF8.self).unicodeScalars.split(
            separator: "\n", omittingEmptySubsequences: false
        ).map { String($0) }
        #expect(lines == texts.map(DrawnText.line) + [""])
    }

    @Test(
        "CSV fields are quoted where needed, and formulas are defused",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"),
            ("-3.5", "-3.5"), ("+1e-05", "+1e-05"), ("-inf", "'-inf"), ("-0x1", "'-0x1"), ("@x", "'@x"),
            ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("\t=1", "'\t=1"), ("\r=1", "\"'\r=1\""),
            ("=\u{301}1", "'=\u{301}1"), ("\"\u{301}", "\"\"\"\u{301}\""), (",\u{301}", "\",\u{301}\""), ("", ""),
        ]
    )
    func csv(text: String, field: String) {
        #expect(Array(Escape.csv(text).utf8) == Array(field.utf8))
    }

    @Test("a reader of CSV gets every text back, with formulas defused", arguments: HostileText.all)
    func csvReads(hostile: HostileText) throws {
        let record = [Escape.csv(hostile.text), Escape.csv("next")].joined(separator: ",") + "\r\n"
        let fields = try #require(Reading.csv(record))
        #expect(fields.count == 1 && fields.first?.count == 2 && fields.first?.last == "next")
        let field = try #require(fields.first?.first)
        let isNumber = field.unicodeScalars.allSatisfy {
            $0.properties.numericType != nil || "+-.e".unicodeScalars.contains($0)
        }
        #expect(isNumber || !"=+-@\t\r\n＝＋－＠".unicodeScalars.contains(field.unicodeScalars.first ?? " "))
        #expect(!field.unicodeScalars.contains { VisibleText.kind(of: $0) == .hidden })
    }

    @Test("a reader of XML gets every text back, in content and in attributes", arguments: HostileText.all)
    func markupReads(hostile: HostileText) throws {
        let text = Escape.markup(hostile.text)
        let document = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a b=\"\(text)\" c='\(text)'>\(text)</a>"
        let element = try #require(Reading.XML(document))
        #expect(element.names == ["a"])
        #expect(Array(element.text.utf8) == Array(Reading.shown(hostile.text).utf8))
        #expect(element.attributes["b"] == element.attributes["c"])
        #expect(element.attributes.count == 2)
    }

    @Test("a table of Markdown keeps its cells, whatever is in them", arguments: HostileText.all)
    func markdown(hostile: HostileText) {
        let row = "| \(Escape.markdown(hostile.text)) | next |"
        #expect(Reading.cells(row)?.count == 2)
        #expect(Reading.cells(row)?.first == " \(VisibleText.line(hostile.text)) ")
        #expect(!row.unicodeScalars.contains { VisibleText.kind(of: $0) != .ordinary })
    }

    @Test("a line of Markdown is no list, rule or heading", arguments: HostileText.all)
    func markdownLine(hostile: HostileText) {
        let first = Escape.markdownLine(hostile.text).unicodeScalars.first
        #expect(!"-+=#>*_~`| \t".unicodeScalars.contains(first ?? "x"))
    }

    @Test("a block of code ends where it should", arguments: HostileText.all)
    func code(hostile: HostileText) {
        let lines = Escape.markdownCode(hostile.text + "\n```\n~~~~")
        let fence = lines[0]
        #expect(lines.count == 3 && lines[2] == fence)
        #expect(fence.utf8.count >= 3)
        #expect(!lines[1].unicodeScalars.split(separator: "\n").contains { $0.starts(with: fence.unicodeScalars) })
    }

    @Test("a label of OpenMetrics stays one, on one line", arguments: HostileText.all)
    func openMetrics(hostile: HostileText) throws {
        let line = "a{b=\"\(Escape.openMetrics(hostile.text))\",c=\"d\"} 1"
        #expect(!line.unicodeScalars.contains { VisibleText.kind(of: $0) != .ordinary })
        let labels = try #require(Reading.labels(line))
        #expect(labels.map(\.0) == ["b", "c"] && labels.last?.1 == "d")
    }

    @Test(
        "names of labels are legal, not Prometheus's own, and there once",
        arguments: [
            (["__name__": "x"], ["factor___name__"]), (["a-b": "1", "a.b": "2"], ["a_b", "a_b_2"]),
            (["run": "1", "factor_run": "2"], ["factor_run", "factor_run_2"]), (["1": "x", "": "y"], ["_", "_1"]),
        ]
    )
    func labelNames(factors: [String: String], names: [String]) {
        var run = SmallRun.run
        run.design = Design(
            comparedFactor: factors.keys.sorted()[0], baseline: nil,
            factors: factors.sorted { $0.key < $1.key }.map { .init(name: $0.key, levels: [$0.value]) })
        for index in run.trials.indices { run.trials[index].factors = factors }
        let lines = Report.render(.openmetrics, run).split(separator: "\n").filter { $0.contains("statistic=") }
        #expect(!lines.isEmpty)
        for line in lines {
            let own = (Reading.labels(String(line)) ?? []).map(\.0).filter {
                !["run", "kind", "resource", "statistic"].contains($0)
            }
            #expect(own.sorted() == names.sorted())
        }
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
        #expect(Escape.argument("a\u{1B}b") == "$'a\\033b'")
    }

    @Test(
        "a shell reads every word back, and the terminal that it is pasted into sees no control",
        arguments: HostileText.withoutZero)
    func argumentReads(hostile: HostileText) async throws {
        let word = Escape.argument(hostile.text)
        #expect(!word.unicodeScalars.contains { VisibleText.kind(of: $0) != .ordinary })
        let bash = ConfinedProgram(
            executable: try #require(Programs.find("bash")), arguments: ["--norc", "-s"],
            environment: ["LC_ALL": "C.UTF-8"])
        let output = try await bash.run(
            input: Array("printf %s \(word)\n".utf8), deadline: .seconds(10), outputLimit: 1 << 20)
        #expect(output.standardOutput == Array(hostile.text.utf8))
        #expect(output.standardError.isEmpty && output.exitCode == 0)
    }

    @Test("names of files are plain", arguments: HostileText.all)
    func fileNames(hostile: HostileText) {
        #expect(Escape.fileName(hostile.text).wholeMatch(of: /[a-z0-9_][a-z0-9_.\-]{0,79}/) != nil)
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
            let odd = chart.script.split(separator: "\n").filter { line in
                ["'", "\""].contains { quote in !line.utf8.count { $0 == quote.utf8.first }.isMultiple(of: 2) }
            }
            #expect(odd.isEmpty, "unbalanced quotes: \(odd)")
            #expect(!chart.script.contains("`") && !chart.script.contains("$("))
        }
        #expect(!Report.render(.junit, run).contains("c<script>"))
    }
}
