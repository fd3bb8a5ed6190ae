import Foundation
import Glibc
import Results
import Testing

@Suite("A run as a stream of lines")
struct ArchiveTests {
    @Test("any run comes out of the stream as it went in")
    func roundTrip() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<40 {
            let random = RandomRun(using: &generator)
            try withScratchDirectory { directory in
                let lines = try Self.lines(in: directory) { try random.record(in: $0) }
                let (direct, streamed) = (
                    try Store.open(at: "\(directory)/direct.sqlite"), try Store.open(at: "\(directory)/streamed.sqlite")
                )
                try random.record(in: direct)
                for line in lines { try ArchiveLine(parsing: line).apply(to: streamed) }
                #expect(try streamed.export(runID: random.run.id) == direct.export(runID: random.run.id))
            }
        }
    }

    @Test("the end and the events of a trial are lines, too")
    func end() throws {
        let run = Make.run()
        let trial = Make.trial(run)
        let event = EventRecord(runID: run.id, trialID: trial.id, at: Make.moment, name: "settled")
        try withScratchDirectory { directory in
            let lines = try Self.lines(in: directory) { archive in
                try archive.record(trial: trial, samples: [], histograms: [], artifacts: [], events: [event])
                try archive.finish(runID: run.id, outcome: .trialsFailed, endedAt: Make.moment)
            }
            #expect(
                try lines.map { try ArchiveLine(parsing: $0) } == [
                    .trial(trial, samples: [], histograms: [], artifacts: [], events: [event]),
                    .finish(runID: run.id, outcome: .trialsFailed, endedAt: Make.moment),
                ])
        }
    }

    @Test("a line that was cut or is something else is refused, with what is wrong", arguments: ["", "{", "{\"x\":1}"])
    func refusal(text: String) {
        let error = #expect(throws: StoreError.self) { try ArchiveLine(parsing: text) }
        #expect(error?.code == .invalidDocument)
    }

    @Test("a reader that went away is an error, and so is everything after it")
    func broken() throws {
        _ = signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[1]) }
        close(ends[0])
        let stream = ArchiveStream(descriptor: ends[1])
        for _ in 0..<2 {
            #expect(throws: StoreError.self) { try stream.begin(Make.run()) }
        }
    }

    private static func lines(in directory: String, _ body: (any RunArchive) throws -> Void) throws -> [String] {
        let path = "\(directory)/lines"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try body(ArchiveStream(descriptor: descriptor))
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }
}
