import Foundation
import LinuxHost
import Testing

@testable import Reports

@Suite("pictures of an earlier run")
struct StalePicturesTests {
    @Test(
        "only names that a report of this very run gives are its pictures",
        arguments: [
            ("a-effects.png", true), ("a-effects-2.png", true), ("a-latency_p50.png", true),
            ("a-latency_p50-3.png", true), ("a-latency_p50-trials.png", true), ("a-latency_p50-trials-2.png", true),
            ("a-latency-cdf.png", true), ("a-latency-cdf-rr-ipv6.png", true), ("a-throughput~2.png", true),
            ("a.png", false), ("a-.png", false), ("ab-effects.png", false), ("a-b-effects.png", false),
            ("a-b-latency_p50-trials.png", false), ("a-2-effects.png", false), ("a-throughput.svg", false),
            ("a-throughput~x.png", false), ("report.html", false), ("a-b-latency-cdf-rr.png", false),
        ]
    )
    func names(file: String, isOurs: Bool) {
        #expect(StalePictures(stem: "a").isPictureName(file) == isOurs)
    }

    @Test("every name that the catalogue gives is known")
    func catalogue() {
        let stale = StalePictures(stem: "quickstart")
        let names = ChartCatalogue.charts(SampleRun.model).map { $0.name + ".png" }
        #expect(names.count >= 10 && names.allSatisfy(stale.isPictureName))
    }

    private static let right: Data = {
        let width = Int(ChartTheme.width * ChartTheme.scale)
        return header(width: [0, 0, UInt8(width >> 8), UInt8(width & 0xFF)])
    }()

    private static func header(width: [UInt8]) -> Data {
        Data(
            [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + width + [0, 0, 1, 0])
    }

    private static func write(_ files: [String: Data], to directory: String) throws {
        for (name, data) in files { try data.write(to: URL(fileURLWithPath: "\(directory)/\(name)")) }
    }

    @Test("stale pictures go; current ones, other widths, other runs and other files stay")
    func removal() throws {
        let scratch = try Scratch()
        let files = [
            "a-throughput.png": Self.right, "a-latency_p50.png": Self.right, "a-b-effects.png": Self.right,
            "a-photo.png": Self.header(width: [0, 0, 1, 0]), "a-notes.png": Data("text".utf8),
        ]
        try Self.write(files, to: scratch.path)
        try StalePictures(stem: "a").remove(from: HeldDirectory.open(scratch.path), keeping: ["a-latency_p50.png"])
        let left = try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted()
        #expect(left == files.keys.filter { $0 != "a-throughput.png" }.sorted())
    }

    @Test("a report of a run without any value leaves none of an earlier run's pictures")
    func wiring() async throws {
        let scratch = try Scratch()
        try Self.write(["small-effects.png": Self.right, "big-effects.png": Self.right], to: scratch.path)
        var run = SmallRun.run
        run.metrics = []
        for index in run.trials.indices { run.trials[index].samples = [:] }
        let files = try await ReportWriter.write(run: run, plots: scratch.path)
        #expect(files.pictures.isEmpty)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.path).sorted() == [
                "big-effects.png", "report.html",
            ])
    }
}
