import Foundation
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
