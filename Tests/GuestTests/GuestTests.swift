import Contract
import Foundation
import KernelGuest
import LinuxHost
import Synchronization
import TestSupport

/// Runs the tests that the host's kernel lacks something for in a kernel guest, with the same test program.
enum GuestTests {
    /// Names the event stream of the tests on the host, runs, and exits: 0 when each test that was skipped has passed.
    static func main() async {
        do {
            guard CommandLine.arguments.count == 2 else { throw Failure("usage: guest-tests EVENTS") }
            exit(try await run(events: CommandLine.arguments[1]))
        } catch {
            FileHandle.standardError.write(Data("guest-tests: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(events path: String) async throws -> Int32 {
        let skipped = try SkippedTests(eventStream: try Data(contentsOf: URL(fileURLWithPath: path)))
        guard !skipped.tests.isEmpty else {
            say("This kernel has all that the tests need; no guest was booted.")
            return 0
        }
        let parts = try GuestParts.find()
        let accelerator = try await AcceleratorProbe(parts: parts).run()
        say(
            "\(skipped.tests.count) tests need what this kernel lacks; booting Linux \(parts.image.release) in a kernel "
                + "guest, accelerator \(accelerator)")
        let passed = Mutex(PassedTests())
        let code = try await boot(parts, accelerator, try request(skipped, parts)) { line in
            passed.withLock { $0.take(line) }
            say(line)
        }
        let names = passed.withLock { $0.names }
        let missing = skipped.tests.filter { !names.contains($0.name) }
        for test in missing { say("✘ \(test.id) did not pass in the guest") }
        if missing.isEmpty, code == 0 { say("All \(skipped.tests.count) passed in the guest.") }
        return code == 0 && !missing.isEmpty ? 1 : code
    }

    /// Writes a line at once: whoever waits for a guest wants to see that it goes on.
    private static func say(_ line: String) {
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }

    private static func boot(
        _ parts: GuestParts, _ accelerator: Accelerator, _ request: GuestRequest,
        _ line: @escaping @Sendable (String) -> Void
    ) async throws -> Int32 {
        var template = Array("/tmp/guest-tests.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure("cannot make a directory below /tmp") }
        let directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let guest = Guest(
            parts: parts, accelerator: accelerator, directory: directory, limits: GuestLimits(total: .seconds(1_200)))
        return try await guest.run(request, talk: line, line: line)
    }

    /// The test program beside this one, with the tests that were skipped.
    private static func request(_ skipped: SkippedTests, _ parts: GuestParts) throws -> GuestRequest {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let products = URL(fileURLWithPath: own).deletingLastPathComponent()
        let bundles = try FileManager.default.contentsOfDirectory(atPath: products.path).filter {
            $0.hasSuffix(".xctest")
        }
        guard bundles.count == 1 else {
            throw Failure("expected one test program in \(products.path), found \(bundles)")
        }
        let environment = ProcessInfo.processInfo.environment
        return GuestRequest(
            words: [
                products.appendingPathComponent(bundles[0]).path, "--testing-library", "swift-testing", "--no-parallel",
            ]
                + skipped.filters.flatMap { ["--filter", $0] },
            environment: environment.filter { GuestRequest.inherited.contains($0.key) },
            directory: FileManager.default.currentDirectoryPath,
            modules: parts.image.having(KernelFeature.allCases.map(\.module).sorted())
        )
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ description: String) { self.description = description }
    }
}
