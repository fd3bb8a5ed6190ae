import Contract
import Foundation
import LinuxHost
import Probes
import TestSupport

/// An agent in a namespace that holds a condition, as a run starts it.
final class HeldShaping {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var rest = ""

    /// Starts the agent, as part of the run that `owner` goes through if there is one.
    init(_ condition: any Condition, in name: String, deadlineSeconds: Double = 60, owner: Int32? = nil) throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/nsenter")
        process.arguments = [
            "--net=\(NetworkNamespace.path(named: name))", "--", try BuiltProgram.path(), "agent",
        ]
        process.standardInput = input
        process.standardOutput = output
        if let owner {
            let mark = RunMark(
                run: "shaping",
                owner: OwnerProcess(
                    bootID: OwnerProcess.current.bootID, pid: owner, start: ProcessStatus.startTime(of: owner) ?? 0))
            process.environment = ProcessInfo.processInfo.environment.merging([RunMark.variable: mark.text]) { $1 }
        }
        try process.run()
        let plan = try ProbePlan(probe: condition, deadlineSeconds: deadlineSeconds).json()
        input.fileHandleForWriting.write(Data("\(plan)\n".utf8))
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    }

    /// The agent's number.
    var pid: Int32 { process.processIdentifier }

    /// Reads events until one is like this; nil when it was not among them.
    func event<Value>(_ take: (ProbeEvent) -> Value?) throws -> Value? {
        while true {
            while let end = rest.firstIndex(of: "\n") {
                let line = String(rest[..<end])
                rest = String(rest[rest.index(after: end)...])
                if let value = take(try ProbeEvent(line: line)) { return value }
            }
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { return nil }
            rest += String(decoding: data, as: UTF8.self)
        }
    }

    /// Waits until the interface is shaped; the reason when it was not.
    func ready() throws -> String? {
        try event { event -> String?? in
            switch event {
            case .ready: .some(nil)
            case .failure(let code, let message): .some("\(code): \(message)")
            default: nil
            }
        } ?? "it ended"
    }

    /// Tells it to stop.
    func stop() throws { try input.fileHandleForWriting.close() }

    /// Waits until it has ended; the signal that ended it, or 0.
    func end() -> Int32 {
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal ? process.terminationStatus : 0
    }
}
