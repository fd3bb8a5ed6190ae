import Contract
import Glibc
import LinuxHost
import Probes

/// Reads the plan from the first line of a descriptor, and takes the end of the rest for the stop.
struct PlanReader: Sendable {
    let descriptor: Int32
    let stop: ProbeStop

    /// A plan is short; whoever sends more does not send a plan.
    private static let longestLine = 65_536
    /// How long the first line may take.
    private static let patienceSeconds: Int32 = 60

    /// The first line; a thread of its own reads on until the end of the input, and then trips the stop.
    func firstLine() async throws(PlanError) -> String {
        let result = await withCheckedContinuation { continuation in
            do throws(HostError) {
                try PlainThread.start {
                    let line = readLine()
                    continuation.resume(returning: line)
                    if case .success = line { readToEnd() }
                }
            } catch {
                continuation.resume(returning: .failure(PlanError(path: "", reason: error.description)))
            }
        }
        return try result.get()
    }

    private func readLine() -> Result<String, PlanError> {
        var line: [UInt8] = []
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while line.count < Self.longestLine {
            let ready = poll(&entry, 1, Self.patienceSeconds * 1_000)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return .failure(wrong("it did not come within \(Self.patienceSeconds) s")) }
            // One byte at a time, so that nothing behind the line feed is taken.
            var byte: UInt8 = 0
            let count = read(descriptor, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                return line.isEmpty
                    ? .failure(wrong("standard input ended before it; send it as one line of JSON"))
                    : .failure(wrong("standard input ended in the middle of it; end the line with a line feed"))
            }
            if byte == UInt8(ascii: "\n") { return .success(String(decoding: line, as: UTF8.self)) }
            line.append(byte)
        }
        return .failure(wrong("its line is longer than \(Self.longestLine) bytes"))
    }

    private func readToEnd() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while true {
            let count = read(descriptor, &bytes, bytes.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
        }
        stop.trip()
    }

    private func wrong(_ reason: String) -> PlanError { PlanError(path: "", reason: reason) }
}
