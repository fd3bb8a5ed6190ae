import Foundation
import Fuzzing

/// Starts workers for one entrance, and tells what ended them: a trap, a signal, or that they hung.
struct Supervisor {
    let arguments: Arguments
    let entrance: String

    /// After so many ends of workers nothing new is to be expected.
    private static let mostEnds = 20

    /// Tries all inputs and says what came out; false when something was found.
    func run() throws -> Bool {
        try FileManager.default.createDirectory(atPath: arguments.findings, withIntermediateDirectories: true)
        let file = "\(arguments.findings)/\(entrance).\(getpid()).recorder"
        let recorder = try FlightRecorder(path: file)
        defer { unlink(file) }
        let start = Date()
        var first = 0
        var ends = 0
        while first < arguments.inputs, ends < Self.mostEnds {
            let words = arguments.words(for: entrance, recorder: file, from: first)
            guard let violation = try watch(words, recorder) else { break }
            Console.tell(
                Finding(entrance: entrance, violation: violation, input: recorder.input), in: arguments.findings)
            recorder.tally.inputs += 1
            recorder.tally.findings += 1
            ends += 1
            first = recorder.index + 1
        }
        let tally = recorder.tally
        let accepted = tally.inputs > 0 ? tally.accepted * 100 / tally.inputs : 0
        Console.print(
            "\(entrance): \(tally.inputs) inputs in \(Int(Date().timeIntervalSince(start))) s (seed \(arguments.seed)),"
                + " \(accepted) % accepted, \(tally.kinds) kinds of answers, slowest \(tally.slowest / 1_000) µs,"
                + " \(tally.findings) findings")
        return tally.findings == 0
    }

    /// Runs a worker to its end; nil when that was a good one.
    private func watch(_ words: [String], _ recorder: FlightRecorder) throws -> Violation? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = words
        // The input is kept, and shows a backtrace when it is tried again; making one here takes seconds.
        process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
        try process.run()
        var last = (index: -1, inputs: -1)
        var since = Date()
        var hung = false
        while process.isRunning {
            usleep(20_000)
            let now = (index: recorder.index, inputs: recorder.tally.inputs)
            if now != last {
                last = now
                since = Date()
            } else if Date().timeIntervalSince(since) > Double(arguments.hang) {
                hung = true
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
            }
        }
        if hung { return Violation("an input does not hang", "no answer within \(arguments.hang) s") }
        switch (process.terminationReason, process.terminationStatus) {
        case (.exit, 0): return nil
        case (.exit, let code): throw Arguments.Wrong(description: "\(entrance): a worker ended with \(code)")
        case (_, let signal): return Violation("an input does not end the process", "signal \(signal)")
        }
    }
}
