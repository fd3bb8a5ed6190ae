import Foundation
import KernelGuest
import Synchronization
import TestSupport
import Testing

@Suite(
    "A kernel guest", .serialized,
    .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
    .enabled(if: Requirement.guest, Comment(rawValue: Requirement.guestReason)),
    .leavesNothing("guest")
)
struct KernelGuestTests {
    @Test("runs a command over the host's files, with its words, its directory, its modules, and both outputs")
    func command() async throws {
        try await ScratchDirectory.with("guest") { directory in
            try Data("of the host\n".utf8).write(to: URL(fileURLWithPath: "\(directory)/file"))
            let script = """
                cat file; echo changed > file; touch new; echo "$0 $GREETING"; uname -r; grep -c '^ip_vs ' /proc/modules
                cat /sys/devices/system/clocksource/clocksource0/current_clocksource; nproc; ls /run/netns | wc -l
                head -c 300000 /dev/zero | tr '\\0' x; echo; echo talk >&2; exit 3
                """
            let parts = try GuestParts.find()
            let request = GuestRequest(
                words: ["/bin/sh", "-c", script, "it's \"$HOME\""],
                environment: ["GREETING": "good 'day'", "PATH": "/usr/bin:/bin"],
                directory: directory,
                modules: ["ip_vs"]
            )
            let heard = Heard()
            let found = Mutex(0)
            let code = try await Self.guest(parts, directory).run(
                request, talk: { heard.talk($0) },
                line: { line in
                    found.withLock { $0 = max($0, GuestProcesses.find(directory: directory).count) }
                    heard.line(line)
                })
            #expect(code == 3)
            #expect(found.withLock { $0 } == 1, "while it runs, its emulator is found by its directory")
            let lines = heard.lines
            #expect(
                lines.prefix(4) == ["of the host", "it's \"$HOME\" good 'day'", parts.image.release, "1"],
                "\(lines.prefix(9))")
            // Under the translator the counter of the processor is not to be trusted, and jiffies are too coarse.
            #expect(["hpet", "tsc", "kvm-clock"].contains(lines.dropFirst(4).first))
            #expect(lines.dropFirst(5).prefix(2) == ["2", "0"])
            #expect(lines.last?.utf8.count == 300_000)
            #expect(heard.words.contains("talk"))
            #expect(try String(contentsOfFile: "\(directory)/file", encoding: .utf8) == "of the host\n")
            #expect(!FileManager.default.fileExists(atPath: "\(directory)/new"))
            #expect(GuestProcesses.find(directory: directory).isEmpty)
        }
    }

    @Test("whose kernel dies is told with the kernel's words, and what it said before is kept")
    func panic() async throws {
        try await ScratchDirectory.with("guest") { directory in
            let heard = Heard()
            let words = ["/bin/sh", "-c", "echo before; sleep 1; echo c > /proc/sysrq-trigger; sleep 60"]
            let guest = try Self.guest(GuestParts.find(), directory)
            let error = await #expect(throws: GuestError.self) {
                try await guest.run(GuestRequest(words: words), line: { heard.line($0) })
            }
            #expect(error?.code == .ended)
            #expect(error?.cause.contains("ernel") == true, "\(String(describing: error))")
            #expect(heard.lines == ["before"])
        }
    }

    @Test("that does not come up in time is ended, and so is one that takes too long")
    func hangs() async throws {
        try await ScratchDirectory.with("guest") { directory in
            for limits in [
                GuestLimits(total: .seconds(60), boot: .milliseconds(700)), GuestLimits(total: .milliseconds(700)),
            ] {
                let guest = Guest(
                    parts: try GuestParts.find(), accelerator: Accelerator(.tcg), directory: directory, limits: limits)
                let error = await #expect(throws: GuestError.self) {
                    try await guest.run(GuestRequest(words: ["/bin/true"]), line: { _ in })
                }
                #expect(error?.code == .timedOut, "\(String(describing: error))")
                #expect(GuestProcesses.find(directory: directory).isEmpty)
            }
        }
    }

    private static func guest(_ parts: GuestParts, _ directory: String) -> Guest {
        Guest(
            parts: parts,
            accelerator: Accelerator(.tcg),
            directory: directory,
            limits: GuestLimits(total: .seconds(300), boot: .seconds(200)),
            memoryMiB: 1024
        )
    }
}

/// What a guest said.
private final class Heard: Sendable {
    private let state = Mutex<(lines: [String], words: [String])>(([], []))

    var lines: [String] { state.withLock { $0.lines } }
    var words: [String] { state.withLock { $0.words } }

    func line(_ text: String) { state.withLock { $0.lines.append(text) } }
    func talk(_ text: String) { state.withLock { $0.words.append(text) } }
}
