import Contract
import Quantities
import Resources
import Testing

@Suite("Spellings that readers of YAML do not agree on")
struct SpellingTests {
    private static let seeds = "expected a whole number from 0 to 18446744073709551615, found"
    private static let octal = "with a zero in front it is octal in YAML 1.1 and decimal in YAML 1.2; write it without"
    private static let tagged = "the tag makes a text of it; remove the tag"

    @Test(
        "a whole number is written in digits and nothing else",
        arguments: [
            ("010", "9: spec.seed: \(seeds) 010: \(octal)"), ("01", "9: spec.seed: \(seeds) 01: \(octal)"),
            ("00", "9: spec.seed: \(seeds) 00: \(octal)"), ("+010", "9: spec.seed: \(seeds) +010: \(octal)"),
            ("+5", "9: spec.seed: \(seeds) +5: write it in digits, without a sign"),
            ("-0", "9: spec.seed: \(seeds) -0"), ("-5", "9: spec.seed: \(seeds) -5"),
            ("!!str 5", "9: spec.seed: \(seeds) !!str 5: \(tagged)"),
            ("! 5", "9: spec.seed: \(seeds) !!str 5: \(tagged)"),
            ("\"5\"", "9: spec.seed: \(seeds) \"5\""), ("0x10", "9: spec.seed: \(seeds) 0x10"),
            ("0o10", "9: spec.seed: \(seeds) 0o10"), ("0b1", "9: spec.seed: \(seeds) 0b1"),
            ("1_000", "9: spec.seed: \(seeds) 1_000"), ("1:30", "9: spec.seed: \(seeds) 1:30"),
            ("5.0", "9: spec.seed: \(seeds) 5.0"), ("5e2", "9: spec.seed: \(seeds) 5e2"),
            (".inf", "9: spec.seed: \(seeds) .inf"), (".nan", "9: spec.seed: \(seeds) .nan"),
            ("~", "9: spec.seed: \(seeds) nothing"), ("null", "9: spec.seed: \(seeds) nothing"),
            ("\u{661}", "9: spec.seed: \(seeds) \u{661}"), ("1,000", "9: spec.seed: \(seeds) 1,000"),
        ]
    )
    func refusesNumbers(value: String, expected: String) {
        #expect(problems(in: Sample.yaml([5: "  seed: \(value)"])) == ["t.yaml:5:\(expected)"])
    }

    @Test(
        "a tag that says something else is refused with its place",
        arguments: [
            ("  seed: !!int 5", "9: spec.seed: the tag !!int is not known here"),
            ("  seed: !!float 5", "9: spec.seed: the tag !!float is not known here"),
            ("  seed: !!int \"5\"", "9: spec.seed: the tag !!int is not known here"),
            ("  seed: !mine 5", "9: spec.seed: the tag !mine is not known here"),
            ("  settle: !!omap {window: 50ms}", "11: spec.settle: the tag !!omap is not known here"),
            ("  families: !!set [ipv4]", "13: spec.families: the tag !!set is not known here"),
        ]
    )
    func refusesTags(line: String, expected: String) {
        #expect(problems(in: Sample.yaml([5: line])).first?.hasPrefix("t.yaml:5:\(expected)") == true)
    }

    @Test("a tag that says what a value is anyway is taken")
    func takesTags() throws {
        let yaml = Sample.yaml([
            3: "metadata: !!map {name: !!str sample, labels: {a: !!str 5, b: !!str true}}",
            5: "  families: !!seq [!!str ipv4]",
        ])
        #expect(try performance(yaml)?.metadata.labels == ["a": "5", "b": "true"])
    }

    @Test(
        "quantities have no zeros in front, no signs, no underscores and no exponents",
        arguments: ["010ms", "00s", "01.5s", "+5ms", "1_0ms", "1e3ms", "0x10ms", "1:30", "1.5.2s", ".5s", "5.s"]
    )
    func refusesQuantities(text: String) {
        #expect(problems(in: Sample.yaml([5: "  warmUp: \(text)"])).count == 1)
        #expect(throws: QuantityError.self) { try TimeSpan(parsing: text) }
    }

    @Test("a zero in front of a quantity is told, and one before a point is none")
    func tellsZeros() throws {
        #expect(
            problems(in: Sample.yaml([5: "  warmUp: 010ms"])) == [
                "t.yaml:5:11: spec.warmUp: expected a duration with a unit, such as 250ms, 1s or 2m, found 010ms: "
                    + "it has a zero in front, which other readers take for the mark of an octal number"
            ]
        )
        for text in ["01%", "00.5%"] { #expect(throws: QuantityError.self) { try Ratio(parsing: text) } }
        #expect(throws: QuantityError.self) { try ByteCount(parsing: "064B") }
        #expect(throws: QuantityError.self) { try BitRate(parsing: "01Gbit") }
        #expect(throws: QuantityError.self) { try EventRate(parsing: "09/s") }
        for text in ["10.096.0.0/12", "010.96.0.0/12", "10.96.0.0/012"] {
            #expect(throws: QuantityError.self) { try CIDR(parsing: text) }
        }
        #expect(try TimeSpan(parsing: "0.5s") == .milliseconds(500))
        #expect(try TimeSpan(parsing: "0s") == .zero)
        #expect(try Ratio(parsing: "0%").fraction == 0)
    }

    @Test(
        "words that some version takes for a number or a truth value are texts in quotes only",
        arguments: [
            "true", "True", "FALSE", "yes", "No", "ON", "off", "010", "+5", "-1", "1_000", "0x1F", "0o17", "0b11",
            "1e3",
            "1.5", ".5", "5.", "-.inf", ".NaN", "1:30", "12:30:45", "-1:30.5",
        ]
    )
    func asksForQuotes(word: String) throws {
        let line = "metadata: {name: sample, labels: {a: \(word)}}"
        #expect(
            problems(in: Sample.yaml([3: line])) == [
                "t.yaml:3:38: metadata.labels.a: expected a text, found \(word): put it in quotes"
            ]
        )
        let quoted = Sample.yaml([3: "metadata: {name: sample, labels: {a: \"\(word)\"}}"])
        #expect(try performance(quoted)?.metadata.labels == ["a": word])
    }

    @Test(
        "words that no version takes for anything else are texts",
        arguments: [
            "y", "n", "yesno", "nan", "inf", "0xg", "0x", "1-2", "v1.2.3", "1.2.3", "2026-11-28", "10:30h", "e5", "-",
            "+",
            ".", "..", "1:", "0o8", "1e", "a_1", "_1", "1:234",
        ]
    )
    func takesTexts(word: String) throws {
        let yaml = Sample.yaml([3: "metadata:\n  name: sample\n  labels:\n    a: \(word)"])
        guard word != "-", word != "1:" else { return #expect(!problems(in: yaml).isEmpty) }
        #expect(try performance(yaml)?.metadata.labels == ["a": word])
    }

    @Test(
        "truth is true or false",
        arguments: [
            ("yes", ": versions of YAML do not agree on what that is"),
            ("off", ": versions of YAML do not agree on what that is"),
            ("True", ": versions of YAML do not agree on what that is"), ("1", ""), ("\"true\"", ""), ("y", ""),
            ("~", ""), ("!!str true", ": the tag makes a text of it; remove the tag"),
        ]
    )
    func refusesTruths(value: String, reason: String) {
        let yaml = Self.scalability("sync: {listsBeforeSync: \(value)}")
        let found = value == "~" ? "nothing" : value
        #expect(
            problems(in: yaml) == [
                "t.yaml:8:27: spec.sync.listsBeforeSync: expected true or false, found \(found)\(reason)"
            ]
        )
        #expect(problems(in: Self.scalability("sync: {listsBeforeSync: false}")) == [])
    }

    private static func scalability(_ line: String) -> String {
        """
        apiVersion: networkmachinery.io/v1alpha1
        kind: NetworkScalabilityTest
        metadata: {name: sample}
        spec:
          proxies: [nftables]
          services: [1]
          repetitions: {minimum: 1, maximum: 1}
          \(line)

        """
    }

    @Test("several streams have any processor each unless one is named, and one stream has a processor of its own")
    func defaultProcessors() throws {
        func processors(_ streams: Int) throws -> CNIPerformance.Processors? {
            let test = "tool: iperf3, protocol: tcp, streams: \(streams), duration: 1s"
            return try performance(Sample.yaml(test: test))?.spec.tests.first?.processors
        }
        #expect(try processors(1) == .distinct)
        #expect(try processors(2) == .any)
        #expect(try processors(8) == .any)
    }
}
