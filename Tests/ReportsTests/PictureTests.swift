import Contract
import Foundation
import Statistics
import TestSupport
import Testing

@testable import Reports

@Suite("pictures are drawn by gnuplot")
struct PictureTests {
    @Test("every chart of a realistic run becomes a PNG of its size that is not blank, and a page that holds them all")
    func rendersARun() async throws {
        let directory = try Scratch()
        let run = SampleRun.standard
        let files = try await ReportWriter.write(run: run, plots: directory.path)
        let charts = ChartCatalogue.charts(SampleRun.model)
        #expect(files.pictures.count == charts.count)
        #expect(files.pictures.count >= 10)
        for (path, chart) in zip(files.pictures, charts) {
            let data = try #require(FileManager.default.contents(atPath: path))
            let header = try #require(PNGHeader(data))
            #expect(header.width == chart.width && header.height == chart.height, "\(path)")
            // A blank page of this size compresses to well below 15 kB.
            #expect(data.count > 20_000, "\(path) looks blank")
        }
        let page = try String(contentsOfFile: files.page, encoding: .utf8)
        #expect(page.components(separatedBy: "data:image/png;base64,").count == charts.count + 1)
        let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(left.count == charts.count + 1, "nothing but pictures and the page is left")
        if let keep = ProcessInfo.processInfo.environment["REPORTS_TESTS_KEEP"] {
            try? FileManager.default.removeItem(atPath: keep)
            try FileManager.default.copyItem(atPath: directory.path, toPath: keep)
        }
    }

    @Test("many levels with long names, three groups and hostile words are drawn without a complaint from gnuplot")
    func rendersManyLevels() async throws {
        let directory = try Scratch()
        let networks = ["host"] + (1...7).map { "network-with-long-name-\($0)" } + ["it's `id` {x}_^@\\"]
        let run = SampleRun.run(
            name: "many", failing: false, networks: networks, paths: ["same-node", "other-node", "through-a-gateway"]
        )
        let charts = ChartCatalogue.charts(ReportModel(run))
        let pictures = try await GnuplotRenderer().render(charts, into: directory.path)
        #expect(pictures.map(\.chart.name) == charts.map(\.name))
        #expect(pictures.allSatisfy { $0.png.count > 20_000 })
        if let keep = ProcessInfo.processInfo.environment["REPORTS_TESTS_KEEP"] {
            try? FileManager.default.removeItem(atPath: keep + "-many")
            try FileManager.default.copyItem(atPath: directory.path, toPath: keep + "-many")
        }
    }

    @Test("levels, factors, names and reasons of every hostile class are drawn, and start nothing")
    func hostile() async throws {
        let directory = try Scratch()
        for (index, texts) in [
            HostileText.all.prefix(12), HostileText.all.dropFirst(12).prefix(12), HostileText.all.dropFirst(24),
        ]
        .enumerated() {
            var run = SampleRun.run(
                name: "hostile-\(index)", networks: texts.map(\.text),
                paths: ["same'\u{301}`touch made-by-a-path`", "'' %s"])
            run.design.baseline = texts.first?.text
            run.metrics[0] = SampleRun.metric(
                run.metrics[0].name, "'\u{301}`touch made-by-a-unit`/s", .higher, 0.05, judged: true, "Hostile.")
            for trial in run.trials.indices where run.trials[trial].reason != nil {
                run.trials[trial].reason = HostileText.all.map(\.text).joined()
            }
            let files = try await ReportWriter.write(run: run, plots: directory.path)
            #expect(files.pictures.count >= 8)
        }
        let scaled = ScaleRun.run(
            name: "'\u{301}`touch made-by-a-name`", sizes: ["1", "2", "4"], positions: ["it's `id`"])
        try await ReportWriter.write(run: scaled, plots: directory.path)
        for place in [FileManager.default.currentDirectoryPath, directory.path, NSTemporaryDirectory()] {
            let made = try FileManager.default.contentsOfDirectory(atPath: place).filter { $0.hasPrefix("made-by") }
            #expect(made.isEmpty)
        }
        if let keep = ProcessInfo.processInfo.environment["REPORTS_TESTS_KEEP"] {
            try? FileManager.default.removeItem(atPath: keep + "-hostile")
            try FileManager.default.copyItem(atPath: directory.path, toPath: keep + "-hostile")
        }
    }

    @Test(
        "a script that asks for a program, a file or another plug-in gets none of them",
        arguments: [
            "x = `touch made`", "x = \"`touch made`\"", "system('touch made')", "! touch made",
            "x = system('touch made')",
            "plot '< touch made'", "set output '| touch made'", "set output 'made'", "set print 'made'; print 1",
            "set table 'made'; plot x", "save 'made'", "set print '| touch made'; print 1",
            "shell", "unset output; set output \"|touch made\"; plot x",
        ]
    )
    func confined(script: String) async throws {
        let directory = try Scratch()
        let chart = Chart(
            name: "bad", title: "", description: "", width: 100, height: 100,
            script: "cd '\(directory.path)'\n\(script)\nplot x")
        _ = try? await GnuplotRenderer(deadline: .seconds(20)).render([chart], into: directory.path)
        let left = try FileManager.default.contentsOfDirectory(atPath: directory.path)
        #expect(left.isEmpty || left == ["bad.png"])
    }

    @Test("a picture that does not fit leaves the older one whole, and the page is whole")
    func full() async throws {
        await #expect(processExitsWith: .success) {
            let directory = try Scratch()
            let files = try await ReportWriter.write(run: SmallRun.run, plots: directory.path)
            let before = try files.pictures.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
            signal(SIGXFSZ, SIG_IGN)
            var small = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
            try #require(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &small) == 0)
            let error = await #expect(throws: ReportError.self) {
                try await ReportWriter.write(run: SmallRun.run, plots: directory.path)
            }
            #expect(error?.description.contains(directory.path) == true)
            let after = try files.pictures.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
            #expect(after == before)
            let page = try String(contentsOfFile: files.page, encoding: .utf8)
            #expect(page.hasSuffix("</html>\n"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).count == files.all.count)
        }
    }

    @Test("pictures and pages take the place of links and old leftovers, and write through none")
    func links() async throws {
        let directory = try Scratch()
        let precious = directory.path + "/precious"
        try "precious".write(toFile: precious, atomically: false, encoding: .utf8)
        let plots = directory.path + "/plots"
        let names = try await ReportWriter.write(run: SmallRun.run, plots: plots).all
        for path in names {
            try FileManager.default.removeItem(atPath: path)
            for ending in ["", ".partial"] {
                try FileManager.default.createSymbolicLink(atPath: path + ending, withDestinationPath: precious)
            }
        }
        mkfifo(plots + "/small-old.png", 0o600)
        try await ReportWriter.write(run: SmallRun.run, plots: plots)
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "precious")
        for path in names {
            var facts = stat()
            #expect(lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG && facts.st_mode & 0o022 == 0)
        }
    }

    @Test("PNG files are told apart, and a part of one is none")
    func files() async throws {
        let directory = try Scratch()
        let files = try await ReportWriter.write(run: SmallRun.run, plots: directory.path)
        let pictures = try files.pictures.map { [UInt8](try Data(contentsOf: URL(fileURLWithPath: $0))) }
        #expect(PNGFile.files(in: pictures.flatMap(\.self))?.map(\.bytes) == pictures)
        #expect(PNGFile.files(in: []) == [])
        for missing in [1, 4, 12, 13, 5_000] {
            #expect(PNGFile.files(in: Array(pictures[0].dropLast(missing))) == nil)
        }
        #expect(PNGFile.files(in: pictures[0] + [0]) == nil)
        #expect(PNGFile.files(in: Array(pictures[0].dropFirst())) == nil)
        #expect(
            PNGFile.files(in: PNGFile.signature + [0xFF, 0xFF, 0xFF, 0xFF] + Array("IEND".utf8) + [0, 0, 0, 0]) == nil)
    }

    @Test("a text of any length is cut to its place in one pass")
    func fitting() {
        let long = String(repeating: "long word ", count: 200_000)
        let clock = ContinuousClock()
        let time = clock.measure {
            let cut = ChartTheme.fit(long, width: 300, size: 10)
            #expect(cut.hasSuffix("…") && ChartTheme.width(of: cut, size: 10) <= 300)
        }
        #expect(time < .seconds(10))
        #expect(ChartTheme.fit("short", width: 300, size: 10) == "short")
        for line in ChartTheme.wrap("a " + String(repeating: "x", count: 500) + " b", width: 300, size: 10) {
            #expect(ChartTheme.width(of: line, size: 10) <= 300)
        }
    }

    @Test("names are cut in their middle: what is alike at the beginning differs at the end")
    func fittingEnds() {
        let names = (1...3).map { "pod-with-a-very-long-name-number-\($0)" }
        let cut = names.map { ChartTheme.fitEnds($0, width: 120, size: 9) }
        #expect(Set(cut).count == 3)
        for (name, text) in zip(names, cut) {
            #expect(ChartTheme.width(of: text, size: 9) <= 120)
            #expect(text.hasPrefix("pod-") && text.contains("…") && text.last == name.last)
        }
        #expect(ChartTheme.fitEnds("short", width: 300, size: 10) == "short")
        #expect(ChartTheme.fitEnds("", width: 0, size: 10) == "")
    }

    @Test("without gnuplot the page is still written, and the error names the package")
    func missingProgram() async throws {
        let directory = try Scratch()
        await #expect(throws: ReportError.gnuplotMissing) {
            try await ReportWriter.write(
                run: SampleRun.standard, plots: directory.path, renderer: GnuplotRenderer(program: "no-such-gnuplot")
            )
        }
        let page = try String(contentsOfFile: directory.path + "/report.html", encoding: .utf8)
        #expect(page.contains("apt-get install gnuplot-nox") && page.contains("Verdicts"))
        #expect(ReportError.gnuplotMissing.description.contains("gnuplot-nox"))
    }

    @Test("a script that gnuplot refuses is an error with gnuplot's own words, and leaves no file")
    func badScript() async throws {
        let directory = try Scratch()
        let chart = Chart(name: "bad", title: "", description: "", width: 100, height: 100, script: "plot nonsense(")
        let error = await #expect(throws: ReportError.self) {
            try await GnuplotRenderer().render([chart], into: directory.path)
        }
        #expect(error?.description.contains("gnuplot failed") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }

    @Test("a script that never ends is stopped at the deadline")
    func endlessScript() async throws {
        let directory = try Scratch()
        let chart = Chart(
            name: "slow", title: "", description: "", width: 100, height: 100, script: "while (1) { a = 1 }")
        let error = await #expect(throws: ReportError.self) {
            try await GnuplotRenderer(deadline: .milliseconds(300)).render([chart], into: directory.path)
        }
        #expect(error?.description.contains("did not finish within") == true)
    }

    @Test("a directory that cannot be made is an error with its path")
    func badDirectory() async throws {
        let directory = try Scratch()
        let file = directory.path + "/file"
        try "x".write(toFile: file, atomically: true, encoding: .utf8)
        let error = await #expect(throws: ReportError.self) {
            try await ReportWriter.write(run: SampleRun.standard, plots: file + "/plots")
        }
        #expect(error?.description.contains(file + "/plots") == true)
    }
}
