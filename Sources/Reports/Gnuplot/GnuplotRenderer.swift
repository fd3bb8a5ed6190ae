import LinuxHost
import Processes

/// Draws charts: one gnuplot for all of them, fed through its standard input, that answers on its standard output.
///
/// gnuplot can start programs and write files, and some words of its commands come from others. They are written so
/// that they stay words (`Escape.gnuplot`), and gnuplot runs as a ``ConfinedProgram``, which can do neither.
public struct GnuplotRenderer: Sendable {
    private let program: String
    private let deadline: Duration

    /// Makes a renderer.
    ///
    /// - Parameters:
    ///   - program: A name looked up in PATH, or a path.
    ///   - deadline: How long all charts of one call may take together.
    public init(program: String = "gnuplot", deadline: Duration = .seconds(120)) {
        self.program = program
        self.deadline = deadline
    }

    /// Draws the charts as `<name>.png` in a directory that exists; a picture appears there only when it is whole.
    public func render(_ charts: [Chart], into directory: String) async throws(ReportError) -> [Picture] {
        try await render(charts, into: ReportDirectory.open(directory))
    }

    func render(_ charts: [Chart], into directory: HeldDirectory) async throws(ReportError) -> [Picture] {
        let files = try await draw(charts)
        var pictures: [Picture] = []
        for (chart, file) in zip(charts, files) {
            let name = chart.name + ".png"
            try ReportDirectory.write(file.bytes, as: name, in: directory)
            pictures.append(Picture(chart: chart, path: directory.path(of: name), png: file.bytes))
        }
        return pictures
    }

    /// Every chart as a PNG, or an error: what gnuplot says of one may hold for all.
    private func draw(_ charts: [Chart]) async throws(ReportError) -> [PNGFile] {
        guard !charts.isEmpty else { return [] }
        guard let executable = Programs.find(program) else { throw .gnuplotMissing }
        let gnuplot = ConfinedProgram(
            // -d: without the user's gnuplotrc. LC_ALL: numbers with a point, and UTF-8.
            executable: executable, arguments: ["-d"], environment: ["GNUTERM": "pngcairo"])
        let output: ConfinedProgram.Output
        do {
            output = try await gnuplot.run(
                input: Array(charts.map(\.commands).joined().utf8), deadline: deadline,
                outputLimit: charts.count * Self.mostBytes
            )
        } catch {
            throw .gnuplotFailed(detail: error.description)
        }
        guard output.exitCode == 0 else {
            throw .gnuplotFailed(detail: "exit code \(output.exitCode): " + Self.complaint(output.standardError))
        }
        guard let files = PNGFile.files(in: output.standardOutput), files.count == charts.count,
            zip(files, charts).allSatisfy({ $0.width == $1.width && $0.height == $1.height })
        else {
            throw .gnuplotFailed(
                detail: "it left out one of \(charts.count) pictures: " + Self.complaint(output.standardError)
            )
        }
        return files
    }

    /// Of one picture; they have some ten thousands.
    private static let mostBytes = 32 * 1024 * 1024

    /// The last lines that gnuplot wrote, on one line.
    private static func complaint(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { Escape.oneLine(String($0)).drop { $0 == " " } }
            .filter { !$0.isEmpty }
        return lines.isEmpty ? "it said nothing" : lines.suffix(4).joined(separator: "; ")
    }
}
