import Foundation
import Processes

/// Draws charts: one gnuplot for all of them, fed through its standard input.
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
        guard !charts.isEmpty else { return [] }
        guard let executable = Programs.find(program) else { throw .gnuplotMissing }
        let places = charts.map { (chart: $0, final: "\(directory)/\($0.name).png") }
        let script = places.map { $0.chart.commands(output: Self.partial($0.final)) }.joined()
        let command = Command(
            executable: executable, arguments: ["-d"], environment: ["LC_ALL": "C.UTF-8", "GNUTERM": "pngcairo"]
        )
        defer {
            for place in places { try? FileManager.default.removeItem(atPath: Self.partial(place.final)) }
        }
        let output = try await Self.run(command, input: script, deadline: deadline)
        var pictures: [Picture] = []
        for place in places {
            let partial = Self.partial(place.final)
            guard let data = FileManager.default.contents(atPath: partial), data.starts(with: Self.signature) else {
                throw .gnuplotFailed(
                    detail: "it left out \(place.final): " + Self.complaint(output.standardError)
                )
            }
            // rename(2) replaces the picture of an earlier run in one step.
            guard rename(partial, place.final) == 0 else {
                throw .cannotWrite(path: place.final, reason: String(cString: strerror(errno)))
            }
            pictures.append(Picture(chart: place.chart, path: place.final, png: [UInt8](data)))
        }
        return pictures
    }

    private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static func partial(_ path: String) -> String { path + ".partial" }

    private static func run(
        _ command: Command, input: String, deadline: Duration
    ) async throws(ReportError) -> ProcessOutput {
        do {
            let output = try await ProcessRunner.run(command, input: input, deadline: deadline)
            guard output.status.isSuccess else {
                throw ReportError.gnuplotFailed(detail: "\(output.status): " + complaint(output.standardError))
            }
            return output
        } catch let error as ReportError {
            throw error
        } catch let error as ProcessError {
            if case .notFound = error { throw .gnuplotMissing }
            throw .gnuplotFailed(detail: error.description)
        } catch {
            throw .gnuplotFailed(detail: "\(error)")
        }
    }

    /// The last lines that gnuplot wrote, on one line.
    private static func complaint(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { !$0.isEmpty }
        return lines.isEmpty ? "it said nothing" : lines.suffix(4).joined(separator: "; ")
    }
}
