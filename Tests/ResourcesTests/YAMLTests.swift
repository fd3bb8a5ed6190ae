import Contract
import Quantities
import Resources
import Statistics
import Testing

@Suite("YAML is read with the places of its values")
struct YAMLTests {
    @Test("a valid sample has no problems")
    func sample() {
        #expect(problems(in: Sample.yaml()) == [])
    }

    @Test(
        "text that is not YAML is answered with the place",
        arguments: [
            (
                "a: [1, 2",
                "t.yaml:2:1: not valid YAML: while parsing a flow sequence from line 1 on: did not find expected ',' or ']'"
            ),
            ("a: 1\nb: é\u{1}", "t.yaml:2:5: not valid YAML: control characters are not allowed"),
            ("x: *y", "t.yaml:1:4: not valid YAML: found undefined alias"),
            (
                "\t- a",
                "t.yaml:1:1: not valid YAML: while scanning for the next token from line 1 on: found character that cannot start any token"
            ),
            (
                "a: \"x",
                "t.yaml:1:6: not valid YAML: while scanning a quoted scalar from line 1 on: found unexpected end of stream"
            ),
        ]
    )
    func refusesBrokenText(yaml: String, expected: String) {
        #expect(problems(in: yaml) == [expected])
    }

    @Test("a text without a document is answered", arguments: ["", "\n# only a comment\n", "---\n---\n", "~"])
    func refusesNothing(yaml: String) {
        #expect(problems(in: yaml) == ["t.yaml:1:1: the file holds no resource"])
    }

    @Test("a document that is not a mapping is answered", arguments: [("- a", "a list"), ("5", "5")])
    func refusesOtherShapes(yaml: String, found: String) {
        #expect(
            problems(in: yaml) == [
                "t.yaml:1:1: expected a mapping with the keys apiVersion, kind, metadata, spec, found \(found)"
            ]
        )
    }

    @Test("several documents are read, each with its line; empty ones are skipped")
    func readsSeveralDocuments() throws {
        let second = Sample.yaml([3: "metadata: {name: other}"])
        let documents = try ResourceDecoder.decode(
            yaml: Sample.yaml() + "---\n# nothing\n---\n" + second,
            file: "t.yaml"
        )
        #expect(documents.map(\.resource.metadata.name) == ["sample", "other"])
        #expect(documents.map(\.line) == [1, 15])
        #expect(documents.map(\.file) == ["t.yaml", "t.yaml"])
    }

    @Test("problems of every document are reported, also of those before text that is not YAML")
    func collectsOverDocuments() {
        let yaml = Sample.yaml([5: "  nodes: 0"]) + "---\n" + Sample.yaml([5: "  nodes: 99"]) + "---\na: [\n"
        #expect(
            problems(in: yaml).map { $0.prefix(13) } == [
                "t.yaml:5:10: ", "t.yaml:15:11:", "t.yaml:17:10:", "t.yaml:26:1: ",
            ]
        )
    }

    @Test("the same kind and name twice in a file is an error")
    func refusesTheSameNameTwice() {
        #expect(
            problems(in: Sample.yaml() + "---\n" + Sample.yaml()) == [
                "t.yaml:15:11: metadata: CNIPerformance sample is already described by the document at line 1"
            ]
        )
    }

    @Test("anchors, aliases and merge keys work, and a mapping's own keys win")
    func readsAliases() throws {
        let yaml = Sample.yaml([
            10: """
              - &rr {name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 1s}
              - {<<: *rr, name: udp-rr, protocol: udp}
            """
        ])
        let tests = try #require(try performance(yaml)).spec.tests
        #expect(tests.map(\.name) == ["rr", "udp-rr"])
        #expect(tests.map(\.transport) == [.tcp, .udp])
        #expect(tests.map(\.duration) == [.seconds(1), .seconds(1)])
    }

    @Test("of several merged mappings the earlier one wins")
    func mergesInOrder() throws {
        let yaml = Sample.yaml([
            10: """
              - &a {name: a, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 1s}
              - &b {name: b, tool: latency, protocol: udp, pattern: request-response, messageSize: 64B, duration: 2s}
              - {<<: [*b, *a], name: both}
            """
        ])
        let test = try #require(try performance(yaml)?.spec.tests.last)
        #expect(test.name == "both" && test.transport == .udp && test.duration == .seconds(2))
        #expect(
            problems(in: Sample.yaml([7: "  - {<<: x, name: a, preset: ptp}"])) == [
                "t.yaml:7:10: spec.networks[0].<<: expected a mapping to merge, found x"
            ]
        )
    }

    @Test("every repetition of a key is reported, quoted or not, and the rest is still read")
    func reportsDuplicateKeys() {
        let yaml = Sample.yaml([5: "  nodes: 2\n  \"nodes\": 3\n  'nodes': 4\n  seed: 1\n  seed: x"])
        #expect(
            problems(in: yaml) == [
                "t.yaml:6:3: spec.nodes: the key is there twice, first on line 5",
                "t.yaml:7:3: spec.nodes: the key is there twice, first on line 5",
                "t.yaml:9:3: spec.seed: the key is there twice, first on line 8",
                "t.yaml:9:9: spec.seed: expected a whole number from 0 to 18446744073709551615, found x",
            ]
        )
    }

    @Test("a repeated key that is written with escapes is reported, too")
    func reportsEscapedDuplicateKeys() {
        #expect(
            problems(in: "\"\\x61\": 1\na: 2\n\"\\x61\": 3\n").first
                == "t.yaml:1:1: not valid YAML: the key a is there twice"
        )
    }

    @Test("repetitions in several mappings, in lists and with other text around them are found with their places")
    func reportsDuplicateKeysEverywhere() {
        let yaml = Sample.yaml([
            3: "metadata: {name: sample, labels: {a: \"a: b\", c: d, a: \"x\"}} # a: comment",
            7: "  - {name: bridge, preset: bridge, name: other}\n  - name: b\n    preset: ptp\n    preset: ptp",
        ])
        #expect(
            problems(in: yaml) == [
                "t.yaml:3:52: metadata.labels.a: the key is there twice, first on line 3",
                "t.yaml:7:36: spec.networks[0].name: the key is there twice, first on line 7",
                "t.yaml:10:5: spec.networks[1].preset: the key is there twice, first on line 9",
            ]
        )
        // What looks like the key and is text stays text.
        let text = Sample.yaml([3: "metadata: {name: sample, labels: {a: 1, a: \"a : b\", a : 5}}"])
        #expect(problems(in: text).last == "t.yaml:3:57: metadata.labels.a: expected a text, found 5: put it in quotes")
    }

    @Test(
        "tens of thousands of repeated or unknown keys are answered at once, and not all of them",
        arguments: ["k: v\n", "spec: {}\n", "\"k\": v\n", "k%: v\n"]
    )
    func endsEarly(line: String) {
        let lines = (0..<40_000).map { line.replacing("%", with: "\($0)") }
        let start = ContinuousClock.now
        let found = problems(in: lines.joined())
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(found.count == 201)
        #expect(found.last?.contains(" more problems from here on; mend the others first") == true)
        #expect(found.allSatisfy { $0.hasPrefix("t.yaml:") })
    }

    @Test("one problem too many is told, too")
    func countsTheRest() {
        let keys = (0..<203).map { "k\($0): v\n" }.joined()
        let found = problems(in: Sample.yaml() + keys)
        #expect(found.count == 201)
        #expect(found.last == "t.yaml:212:1: 3 more problems from here on; mend the others first")
        let fewer = problems(in: Sample.yaml() + (0..<201).map { "k\($0): v\n" }.joined())
        #expect(fewer.last == "t.yaml:212:1: one more problem; mend the others first")
    }

    @Test("values are nested at most so deep", arguments: [(98, false), (101, true), (900, true)])
    func limitsDepth(depth: Int, isRefused: Bool) {
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let refusal = "t.yaml:1:1: the document is nested more than 100 deep"
        #expect(problems(in: "apiVersion: \(nested)").contains(refusal) == isRefused)
    }

    @Test("columns count Unicode scalars, and line ends of other systems count as one")
    func countsPlaces() {
        let yaml =
            "# öäü 🇩🇪\r\n"
            + Sample.yaml([7: "  - {name: \"ö\", preset: x}"])
            .replacing("\n", with: "\r\n")
        #expect(
            problems(in: yaml).map { $0.prefix(40) } == [
                "t.yaml:8:12: spec.networks[0].name: expe", "t.yaml:8:25: spec.networks[0].preset: ex",
            ]
        )
        let duplicate = "# ö\r\n" + Sample.yaml([5: "  nodes: 2\n  nodes: 3"]).replacing("\n", with: "\r\n")
        #expect(problems(in: duplicate) == ["t.yaml:7:3: spec.nodes: the key is there twice, first on line 6"])
    }

    @Test("keys that are no texts are answered")
    func refusesOtherKeys() {
        #expect(problems(in: "? [a]\n: b\n" + Sample.yaml()) == ["t.yaml:1:3: expected a text as key"])
    }

    @Test("aliases that multiply into millions of values, deep nesting and huge texts are refused")
    func refusesAttacks() {
        let bomb = (1...9).reduce("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n") { text, level in
            text + "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ","))]\n"
        }
        #expect(problems(in: bomb) == ["t.yaml:1:1: the document holds more than 100000 values"])
        #expect(problems(in: String(repeating: "[", count: 10_000)).count == 1)
        #expect(problems(in: String(repeating: "[", count: 900) + String(repeating: "]", count: 900)).count == 1)
        #expect(
            problems(in: String(repeating: "# comment\n", count: 200_000)) == [
                "t.yaml:1:1: the text is larger than 1 MiB"
            ]
        )
    }

    @Test("random damage to a valid text never goes unanswered by a crash, and problems have places", arguments: 0..<20)
    func survivesDamage(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let alphabet = Array("{}[]:,-#&*!|>'\"%@`\n\t ?~a0\u{0}\u{FEFF}ö")
        for _ in 0..<20 {
            var text = Array(Sample.yaml())
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let position = Int.random(in: text.indices, using: &random)
                text[position] = alphabet.randomElement(using: &random) ?? "a"
            }
            do throws(ResourceErrors) {
                let documents = try ResourceDecoder.decode(yaml: String(text), file: "t.yaml")
                #expect(!documents.isEmpty)
            } catch {
                #expect(!error.problems.isEmpty)
                #expect(error.problems.allSatisfy { $0.line >= 1 && $0.column >= 1 })
            }
        }
    }
}
