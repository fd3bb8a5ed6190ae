import Foundation
import Quantities
import Results
import TestSupport
import Testing

@testable import Commands

@Suite("What the program prints, and where")
struct OutputTests {
    private static let resource = """
        apiVersion: networkmachinery.io/v1alpha1
        kind: CNIPerformance
        metadata: {name: small}
        spec:
          networks: [{name: bridge, preset: bridge}]
          paths: [same-node]
          tests:
          - {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 50ms}
          repetitions: {minimum: 2, maximum: 2}

        """

    /// Every command that prints data and needs no root; `DB`, `FILE` and `DIR` stand for paths.
    private static let printing = [
        "validate FILE", "validate --output json FILE", "run --dry-run FILE", "run --dry-run --output json FILE",
        "runs list --database DB", "runs list --database DB --output json", "runs show latest --database DB",
        "runs show latest --database DB --output json", "runs export latest --database DB",
        "report latest --format json --database DB", "report latest --format csv --database DB",
        "report latest --format markdown --database DB", "report latest --format junit --database DB",
        "report latest --format openmetrics --database DB", "report latest --plots DIR/plots --database DB",
        "compare a=b c=d --ignore-environment --database DB --output json",
        "compare a=b c=d --ignore-environment --database DB --output markdown", "doctor", "--help", "--version",
        "runs delete --yes a=b --database DB",
    ]

    /// Runs the built program in a shell, with a database of two hostile runs and a file beside it.
    private static func sh(_ script: String, _ words: String) async throws -> ProgramResult {
        try await ScratchDirectory.with("output") { directory in
            let store = try Store.open(at: directory + "/results.sqlite")
            _ = try HostileRun.record(in: store, label: "a=b")
            _ = try HostileRun.record(in: store, label: "c=d")
            try store.close()
            try resource.write(toFile: directory + "/small.yaml", atomically: false, encoding: .utf8)
            let arguments: [String] = words.split(separator: " ").map { word in
                String(word).replacing("DB", with: directory + "/results.sqlite")
                    .replacing("FILE", with: directory + "/small.yaml").replacing("DIR", with: directory)
            }
            return try await RunningProgram(
                ["/bin/sh", "-c", script, try BuiltProgram.path()] + arguments,
                output: directory + "/out", error: directory + "/err"
            ).end(within: .seconds(60))
        }
    }

    @Test("data that does not fit is an error with a sentence, not a short file and 0", arguments: printing)
    func full(words: String) async throws {
        let result = try await Self.sh("exec \"$0\" \"$@\" > /dev/full", words)
        #expect(result.exitCode == 3, "\(result.standardError)")
        #expect(result.standardError.contains("cannot write to standard output: No space left on device"))
    }

    @Test("data for a standard output that is closed is an error with a sentence", arguments: printing)
    func closed(words: String) async throws {
        let result = try await Self.sh("exec \"$0\" \"$@\" >&-", words)
        #expect(result.exitCode == 3, "\(result.standardError)")
        #expect(result.standardError.contains("cannot write to standard output: Bad file descriptor"))
    }

    @Test("a reader that goes away before the end is an error with a sentence")
    func gone() async throws {
        let result = try await Self.sh(
            "{ \"$0\" \"$@\"; echo \"code $?\" >&2; } | head -c 10 > /dev/null", "runs export latest --database DB")
        #expect(result.standardError.contains("code 3"))
        #expect(result.standardError.contains("cannot write to standard output: Broken pipe"))
    }

    @Test("with all three closed nothing of ours is written into a file that took their numbers")
    func allClosed() async throws {
        let result = try await Self.sh(
            """
            "$0" runs export latest --database "$1" > "$1.before" || exit 9
            "$0" runs list --database "$1" 0>&- 1>&- 2>&-; code=$?
            "$0" runs export latest --database "$1" | cmp - "$1.before" && exit $code
            """, "DB")
        #expect(result.exitCode == 3, "\(result.standardError)")
    }

    @Test("a slow reader of a pipe that does not wait gets every byte")
    func slow() async throws {
        let result = try await Self.sh(
            """
            whole=${4#--database=}.whole
            "$0" "$@" > "$whole" || exit 9
            { python3 -c 'import os, sys; os.set_blocking(1, False); os.execv(sys.argv[1], sys.argv[1:])' "$0" "$@" \\
              || echo failed >&2; } | { sleep 1; cmp - "$whole"; }
            """, "runs export latest --database=DB")
        #expect(result.exitCode == 0 && result.standardError.isEmpty, "\(result.standardError)")
    }

    @Test(
        "nothing that others wrote acts on the terminal, and no table is broken by it",
        arguments: printing.filter { !$0.contains("csv") && !$0.contains("--help") && !$0.contains("doctor") }
    )
    func harmless(words: String) async throws {
        let result = try await Self.sh("exec \"$0\" \"$@\"", words)
        #expect([0, 1].contains(result.exitCode), "\(result.standardError)")
        for text in [result.standardOutput, result.standardError] {
            #expect(!text.unicodeScalars.contains { $0 != "\n" && $0 != "\t" && VisibleText.kind(of: $0) != .ordinary })
        }
        if words.contains("runs show latest --database DB"), !words.contains("json") {
            let rows = result.standardOutput.unicodeScalars.split(separator: "\n").count
            // Heads, ten facts, two counts, one failure, one key of the environment.
            #expect(rows == 15)
        }
    }

    @Test("a database is taken from a pipe and from standard input, and a directory is refused by name")
    func pipes() async throws {
        let whole = try await Self.sh(
            """
            "$0" runs export latest --database "$1" > "$1.json" || exit 9
            mkfifo "$1.fifo"; cat "$1.json" > "$1.fifo" &
            "$0" runs import "$1.fifo" --database "$1.one" || exit 8
            "$0" runs import - --database "$1.two" < "$1.json" || exit 7
            cat "$1.json" | "$0" runs import /dev/stdin --database "$1.three" || exit 6
            for n in one two three; do "$0" runs export latest --database "$1.$n" | cmp - "$1.json" || exit 5; done
            """, "DB")
        #expect(whole.exitCode == 0, "\(whole.standardError)")
        let directory = try await Self.sh("exec \"$0\" \"$@\"", "runs import DIR --database DB")
        #expect(directory.exitCode == 2 && directory.standardError.contains("it is a directory"))
        let missing = try await Self.sh("exec \"$0\" \"$@\"", "runs import DIR/none --database DB")
        #expect(missing.exitCode == 2 && missing.standardError.contains("there is no such file"))
        let twice = try await Self.sh("exec \"$0\" \"$@\" < /dev/null", "runs import - - --database DB")
        #expect(twice.exitCode == 2 && twice.standardError.contains("read once"))
        let binary = try await Self.sh("printf '\\377' | \"$0\" \"$@\"", "runs import - --database DB")
        #expect(binary.exitCode == 2 && binary.standardError.contains("not text in UTF-8"))
    }
}
