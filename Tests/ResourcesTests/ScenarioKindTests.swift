import Contract
import Quantities
import Resources
import Testing

@Suite("The kind Scenario")
struct ScenarioKindTests {
    private static let resource = """
        resource:
              kind: NetworkConnectivityTest
              spec: {layer: 4, source: {name: a}, destinations: [{kind: pod, name: b, port: 80}]}
        """

    /// A scenario with this spec; `RESOURCE` is a small one, at the indent of a step's keys.
    private static func yaml(_ spec: String) -> String {
        "apiVersion: networkmachinery.io/v1alpha1\nkind: Scenario\nmetadata: {name: drill}\nspec:\n"
            + spec.replacing("RESOURCE", with: resource).split(separator: "\n").map { "  \($0)\n" }.joined()
    }

    private func read(_ spec: String) throws -> Scenario {
        try #require(
            try ResourceDecoder.decode(yaml: Self.yaml(spec), file: "t.yaml").first?.resource as? Scenario)
    }

    private func messages(_ spec: String) -> [String] { problems(in: Self.yaml(spec)) }

    @Test("steps, stages, what goes on beside them, and what comes last")
    func everything() throws {
        let spec = try read(
            """
            repeat: 3
            seed: 7
            background:
            - name: load
              RESOURCE
            steps:
            - name: before
              RESOURCE
            - parallel:
              - name: left
                after: {load: holding}
                while: [load]
                RESOURCE
              - name: right
                after: {left: started, before: completed}
                RESOURCE
                expect: [reached.mean == 1]
            - name: check
              expect:
              - 'before.findings.count(kind: "tcp") == right.findings.count'
            finally:
            - name: last
              RESOURCE
              expect: [load.outcome == "completed"]
            """
        ).spec
        #expect(spec.blocks == 3 && spec.seed == 7)
        #expect(spec.background.map(\.name) == ["load"])
        #expect(spec.stages.map { $0.map(\.name) } == [["before"], ["left", "right"], ["check"]])
        #expect(spec.finally.map(\.name) == ["last"])
        #expect(spec.stages[1][0].during == ["load"])
        #expect(spec.stages[1][1].waits.map(\.step) == ["before", "left"])
        #expect(spec.stages[1][1].waits.map(\.condition) == [.completed, .started])
        #expect(spec.stages[2][0].work == nil && spec.stages[2][0].expectations.count == 1)
        let document = try #require(spec.stages[0][0].work).document(ofCell: 0)
        #expect(document.resource.metadata.name == "before")
        #expect(document.resource is NetworkConnectivityTest)
    }

    @Test("the matrix is put into the tree, each value typed as it stands there, and read for each cell")
    func matrix() throws {
        let scenario = try read(
            """
            matrix: {port: [80, 81], wait: [100ms, 1s]}
            steps:
            - name: ask
              resource:
                kind: NetworkConnectivityTest
                spec:
                  layer: 4
                  source: {name: a}
                  destinations: [{kind: pod, name: b, port: '${matrix.port}'}]
                  timeout: ${matrix.wait}
              expect: [rtt_p50.max < matrix.wait and matrix.port >= 80]
            """)
        let cells = scenario.spec.cells
        #expect(
            cells.map { $0.levels.map(\.level.text) } == [
                ["80", "100ms"], ["80", "1s"], ["81", "100ms"], ["81", "1s"],
            ])
        let work = try #require(scenario.spec.stages[0][0].work)
        #expect(work.isVaried)
        let specs = cells.indices.compactMap { (work.document(ofCell: $0).resource as? NetworkConnectivityTest)?.spec }
        #expect(specs.map { $0.timeout.description } == ["100ms", "1s", "100ms", "1s"])
        #expect(specs.map { $0.destinations[0].port?.number } == [80, 80, 81, 81])
    }

    @Test("the canonical form is a scenario again, the same one")
    func canonical() throws {
        let yaml = Self.yaml(
            """
            matrix: {port: [80, 81], sure: [true], word: ["1", b]}
            repeat: 2
            background:
            - name: load
              RESOURCE
            steps:
            - parallel:
              - name: one
                after: {load: holding}
                resource:
                  kind: NetworkConnectivityTest
                  spec:
                    layer: 3
                    source: {name: a}
                    destinations: [{kind: pod, name: b}]
                    count: ${matrix.port}
                    pathMTU: ${matrix.sure}
                expect: ['findings.count(kind: "icmp") == 1']
              - name: two
                RESOURCE
            """)
        let first = try #require(try ResourceDecoder.decode(yaml: yaml, file: "t.yaml").first)
        let second = try #require(try ResourceDecoder.decode(yaml: first.canonicalJSON, file: "t.json").first)
        #expect(first.canonicalJSON == second.canonicalJSON)
        #expect(first.resource as? Scenario == second.resource as? Scenario)
        #expect(first.parts.count == 6)
    }

    @Test("files are taken in, and what is wrong in them is said with its place there")
    func files() throws {
        func read(_ text: String) throws(ResourceErrors) -> [ResourceDocument] {
            try ResourceDecoder.decode(
                yaml: Self.yaml("steps:\n- {name: one, resource: {file: parts/a.yaml}}"), file: "dir/t.yaml",
                include: { path in
                    path == "parts/a.yaml" ? .success((text, "dir/parts/a.yaml")) : .failure(.init("no such file"))
                })
        }
        let good = """
            apiVersion: networkmachinery.io/v1alpha1
            kind: CNIPerformance
            metadata: {name: part}
            spec:
              networks: [{name: mine, conflist: mine.conflist}]
              paths: [same-node]
              tests: [{name: rr, tool: latency, protocol: tcp, pattern: request-response, messageSize: 64B, duration: 250ms}]
              repetitions: {minimum: 1, maximum: 1}
            """
        let part = try #require(try read(good).first?.parts.first)
        #expect(part.directory == "dir/parts/" && part.files.map(\.path) == ["mine.conflist"])
        #expect(part.problem("x", at: "spec.networks[0].conflist").description.hasPrefix("dir/parts/a.yaml:5:"))
        #expect(throws: ResourceErrors.self) { try read(good.replacing("250ms", with: "250")) }
        do {
            _ = try read(good.replacing("250ms", with: "250"))
        } catch {
            #expect(error.problems.map(\.file) == ["dir/parts/a.yaml"] && error.problems.map(\.line) == [7])
        }
        do {
            _ = try read("apiVersion: networkmachinery.io/v1alpha1\nkind: Scenario\nmetadata: {name: x}\nspec: {}\n")
        } catch {
            #expect(error.description.contains("a scenario cannot be a step of a scenario"))
        }
        #expect(
            problems(in: Self.yaml("steps:\n- {name: one, resource: {file: a.yaml}}")) == [
                "t.yaml:6:34: spec.steps[0].resource.file: files are not read here; put the resource in its place"
            ])
    }

    @Test("steps that wait for each other, for nobody, or for what is over are refused")
    func order() {
        #expect(
            messages(
                "steps:\n- parallel:\n  - name: a\n    after: {b: holding}\n    RESOURCE\n  - name: b\n    while: [a]\n    RESOURCE"
            ).first?.contains("the steps wait for each other: a, which waits for b, which waits for a") == true)
        #expect(
            messages("steps:\n- name: a\n  after: {b: started}\n  RESOURCE\n- name: b\n  RESOURCE").first?
                .contains("the steps wait for each other") == true)
        #expect(
            messages("background:\n- name: l\n  RESOURCE\nsteps:\n- name: a\n  after: {l: completed}\n  RESOURCE")
                .first?
                .contains("the steps wait for each other") == true)
        #expect(
            messages("steps:\n- name: first\n  RESOURCE\n- name: b\n  after: {frist: started}\n  RESOURCE")
                == ["t.yaml:11:20: spec.steps[1].after.frist: there is no step frist. Did you mean \"first\"?"])
        #expect(
            messages("steps:\n- name: a\n  RESOURCE\n- name: b\n  while: [a]\n  RESOURCE")
                == [
                    "t.yaml:11:13: spec.steps[1].while[0]: a has ended when b begins, and cannot hold while it is measured"
                ])
        #expect(
            messages("steps:\n- name: a\n  after: {a: started}\n  RESOURCE").first?.contains(
                "a step cannot wait for itself")
                == true)
    }

    @Test("an expectation of a step that has not ended is refused, with its place")
    func expectationsInOrder() {
        #expect(
            messages(
                "steps:\n- name: a\n  RESOURCE\n  expect: [true and b.outcome == 'completed']\n- name: b\n  RESOURCE"
            ) == [
                "t.yaml:10:25: spec.steps[0].expect[0]: at character 12: b need not have ended when this is asked; "
                    + "ask it there, in a later step or in finally"
            ])
        #expect(
            messages("steps:\n- name: a\n  RESOURCE\n  expect: [throughput.median > 10ms]")
                == [
                    "t.yaml:10:32: spec.steps[0].expect[0]: at character 19: the two sides of > have different units: "
                        + "bit/s and s"
                ])
        #expect(
            messages("steps:\n- name: c\n  expect: [throughput.median > 1Gbit]").first?
                .contains("throughput is no step; there is none") == true)
    }

    @Test(
        "names that are there twice or mean something else, steps of nothing, and placeholders of nothing are refused")
    func badInput() {
        #expect(
            messages("steps:\n- name: a\n  RESOURCE\n- name: a\n  RESOURCE")
                == ["t.yaml:10:5: spec.steps[1]: the step a is there twice, first as spec.steps[0]"])
        #expect(messages("steps:\n- name: throughput\n  RESOURCE").first?.contains("means something else") == true)
        #expect(
            messages("steps:\n- name: a").first?.contains("a step has a resource, or expects something, or both")
                == true)
        #expect(
            messages("steps:\n- name: a\n  resource: {kind: CNIPerfomance, spec: {}}").first?
                .contains("Did you mean \"CNIPerformance\"?") == true)
        let varied =
            "matrix: {size: [64B]}\nsteps:\n- name: a\n  resource:\n    kind: NetworkConnectivityTest\n    spec:\n"
            + "      layer: 4\n      source: {name: a}\n      destinations: [{kind: pod, name: b, port: 80}]\n      packetSize: "
        #expect(messages(varied + "${matrix.size}") == [])
        #expect(
            messages(varied + "${matrix.sise}")
                == [
                    "t.yaml:14:21: spec.steps[0].resource.spec.packetSize: there is no sise in the matrix; it has size. "
                        + "Did you mean \"size\"?"
                ])
        #expect(messages(varied + "${matrix.size}B").first?.contains("has to be the whole value") == true)
        #expect(
            messages("matrix: {step: [a]}\nsteps:\n- name: a\n  RESOURCE").first?.contains("factor of this name")
                == true)
        #expect(
            messages(
                "matrix: {a: [1, 2, 3, 4, 5, 6, 7, 8, 9], b: [1, 2, 3, 4, 5, 6, 7, 8, 9]}\nsteps:\n- name: a\n  RESOURCE"
            )
            .first?.contains("at most 64 cells") == true)
        #expect(
            messages("steps:\n- name: a\n  RESOURCE\n  expect:\n  - findings.count(kind: a) == 1").first?
                .contains("a colon and a space make one; put it in quotes") == true)
        #expect(messages("steps: []").first?.contains("expected at least one of steps") == true)
        #expect(
            messages("background:\n- name: b\n  expect: [1 < 2]\nsteps:\n- name: a\n  RESOURCE").first?
                .contains("what goes on in the background is a resource") == true)
    }
}
