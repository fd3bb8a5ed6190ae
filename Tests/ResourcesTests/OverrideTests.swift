import Contract
import Quantities
import Resources
import Testing

@Suite("Overrides")
struct OverrideTests {
    @Test("values are replaced, added and removed before the resource is read")
    func applies() throws {
        let overrides = try [
            "spec.tests[0].duration=2s", "spec.settle.patience=5s", "spec.paths=[same-node, other-node]",
            "spec.repetitions={minimum: 3, maximum: 3}", "metadata.labels.purpose=a=b", "spec.nodes=",
        ].map { text throws(OverrideError) in try Override(parsing: text) }
        let resource = try #require(try performance(Sample.yaml([5: "  nodes: 5"]), overrides: overrides))
        #expect(resource.spec.tests[0].duration == .seconds(2))
        #expect(resource.spec.settle == .init(patience: .seconds(5)))
        #expect(resource.spec.paths == [.sameNode, .otherNode])
        #expect(resource.spec.repetitions == .init(minimum: 3, maximum: 3))
        #expect(resource.metadata.labels == ["purpose": "a=b"])
        #expect(resource.spec.nodes == 2)
    }

    @Test("the element that is named is removed, and the others stay")
    func removesTheNamedElement() throws {
        let yaml = Sample.yaml([
            7: "  - {name: a, preset: ptp}\n  - {name: b, preset: ptp}\n  - {name: c, preset: ptp}"
        ])
        for (index, left) in [["b", "c"], ["a", "c"], ["a", "b"]].enumerated() {
            let removal = try Override(parsing: "spec.networks[\(index)]=")
            #expect(try performance(yaml, overrides: [removal])?.spec.networks.map(\.name) == left)
        }
        let key = try Override(parsing: "metadata.labels.b=")
        let labels = Sample.yaml([3: "metadata: {name: sample, labels: {a: x, b: y, c: z}}"])
        #expect(try performance(labels, overrides: [key])?.metadata.labels == ["a": "x", "c": "z"])
    }

    @Test("a path of thousands of keys is refused with the number, and in short", arguments: [101, 16_000])
    func refusesDeepPaths(count: Int) throws {
        let error = #expect(throws: OverrideError.self) {
            try Override(parsing: String(repeating: "a.", count: count - 1) + "b=1")
        }
        #expect(error?.reason == "its path has \(count) steps, and values are nested at most 100 deep")
        #expect((error?.description.count ?? 0) < 500)
        let indices = #expect(throws: OverrideError.self) {
            try Override(parsing: "a" + String(repeating: "[0]", count: count) + "=1")
        }
        #expect(indices?.reason.contains("\(count + 1) steps") == true)
        let deepest = try Override(parsing: String(repeating: "a.", count: 99) + "b=1")
        #expect(problems(in: Sample.yaml(), overrides: [deepest]).count == 1)
    }

    @Test("list elements can be removed, and later overrides see what earlier ones did")
    func appliesInOrder() throws {
        let yaml = Sample.yaml([7: "  - {name: a, preset: ptp}\n  - {name: b, preset: ptp}"])
        let overrides = try [Override(parsing: "spec.networks[0]="), Override(parsing: "spec.networks[0].name=c")]
        #expect(try performance(yaml, overrides: overrides)?.spec.networks.map(\.name) == ["c"])
    }

    @Test(
        "an override that does not fit is answered by its name, and not by a line",
        arguments: [
            (
                "spec.tests[0].duration=250",
                "--set spec.tests[0].duration=250: spec.tests[0].duration: expected a duration with a unit, such as 250ms, 1s or 2m, found 250: it has no unit"
            ),
            (
                "spec.tests[3].duration=1s",
                "--set spec.tests[3].duration=1s: spec.tests[3].duration: spec.tests has 1 elements, and no [3]"
            ),
            ("spec.nodes.x=1", "--set spec.nodes.x=1: spec.nodes.x: spec.nodes is not a mapping, and has no key x"),
            ("spec[0]=1", "--set spec[0]=1: spec[0]: spec is not a list, and has no [0]"),
            (
                "metadata.nam=x",
                "--set metadata.nam=x: metadata.nam: unknown key; the keys here are name, labels. Did you mean \"name\"?"
            ),
            (
                "spec.paths=[same-node",
                "--set spec.paths=[same-node: not valid YAML: while parsing a flow sequence from line 1 on: did not find expected ',' or ']'"
            ),
            ("spec.seed=1\n--- \n2", "--set spec.seed=1\n--- \n2: spec.seed: expected one value"),
        ]
    )
    func reports(text: String, expected: String) throws {
        #expect(try problems(in: Sample.yaml(), overrides: [Override(parsing: text)]) == [expected])
    }

    @Test(
        "a text that is no override is refused with the reason",
        arguments: [
            ("spec.nodes", "it has no ="), ("=1", "\"\" is not the path of a key"),
            ("spec..nodes=1", "\"spec..nodes\" is not the path of a key"),
            ("tests[x]=1", "\"tests[x]\" is not the path of a key"),
            ("tests[1=1", "\"tests[1\" is not the path of a key"),
            ("tests]=1", "\"tests]\" is not the path of a key"),
            ("[0]=1", "\"[0]\" is not the path of a key"),
            ("tests[-1]=1", "\"tests[-1]\" is not the path of a key"),
        ]
    )
    func refuses(text: String, reason: String) {
        let error = #expect(throws: OverrideError.self) { try Override(parsing: text) }
        #expect(
            error?.description
                == "expected path=value, such as spec.tests[0].duration=2s, found \"\(text)\": \(reason)"
        )
    }
}
