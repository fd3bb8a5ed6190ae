import Glibc
import Processes

/// Small programs for the tests, written for `sh`.
enum TestPrograms {
    static func sh(_ script: String, environment: [String: String] = [:]) -> Command {
        Command(executable: "/bin/sh", arguments: ["-c", script], environment: environment)
    }

    /// Whether the process is gone, waiting a while because a killed process needs a moment to go.
    static func isGone(_ pid: Int32) async throws -> Bool {
        for _ in 0..<200 {
            if kill(pid, 0) != 0 { return true }
            // An orphan that init has not reaped yet is gone for every purpose.
            if isZombie(pid) { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    private static func isZombie(_ pid: Int32) -> Bool {
        guard let file = fopen("/proc/\(pid)/stat", "r") else { return true }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = fread(&bytes, 1, bytes.count, file)
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        return text.split(separator: ")").last?.hasPrefix(" Z") ?? false
    }
}
