import Contract
import Quantities
import Resources
import Testing

@Suite("Scenarios and examples decode")
struct ScenarioTests {
    @Test("the quickstart is the comparison that the README promises")
    func quickstart() throws {
        let resource = try #require(try performance(ScenarioFiles.scenario("quickstart.yaml")))
        let spec = resource.spec
        #expect(resource.metadata == Metadata(name: "quickstart"))
        #expect(spec.nodes == 2)
        #expect(
            spec.networks == [
                .init(name: "bridge", source: .preset(.bridge)),
                .init(name: "overlay", source: .preset(.bridgeVXLAN)),
                .init(name: "ptp", source: .preset(.ptp)),
            ]
        )
        #expect(spec.baseline == .host)
        #expect(spec.paths == [.sameNode, .otherNode])
        #expect(spec.families == [.ipv4])
        #expect(spec.repetitions == .init(minimum: 7, maximum: 7))
        let size = [ByteCount(bytes: 64)]
        let tenth = TimeSpan.milliseconds(100)
        let second = TimeSpan.seconds(1)
        #expect(
            spec.tests == [
                .init(name: "stream", tool: .iperf3, transport: .tcp, pattern: .stream, duration: second),
                .init(
                    name: "rr", tool: .latency, transport: .tcp, pattern: .requestResponse, messageSizes: size,
                    duration: tenth, timeout: second
                ),
                .init(
                    name: "crr", tool: .latency, transport: .tcp, pattern: .connectRequestClose, messageSizes: size,
                    duration: tenth, timeout: second
                ),
                .init(
                    name: "udp-rr", tool: .latency, transport: .udp, pattern: .requestResponse, messageSizes: size,
                    duration: tenth, timeout: second
                ),
            ]
        )
    }

    @Test("the self-test compares one preset with itself, without a baseline")
    func selfTest() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("a-a.yaml"))).spec
        #expect(spec.networks.map(\.name) == ["bridge-a", "bridge-b"])
        #expect(spec.networks.allSatisfy { $0.source == .preset(.bridge) })
        #expect(spec.baseline == nil)
        #expect(
            spec.repetitions
                == .init(minimum: 12, maximum: 24, untilRelativeHalfWidth: Ratio(fraction: 0.02))
        )
    }

    @Test("the overlay is compared with routes between nodes, on throughput alone")
    func overlayVersusRoutes() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("overlay-versus-routes.yaml"))).spec
        #expect(spec.networks.map(\.source) == [.preset(.bridge), .preset(.bridgeVXLAN)])
        #expect(spec.paths == [.otherNode])
        #expect(spec.tests.map(\.tool) == [.iperf3])
        #expect((spec.repetitions.minimum, spec.repetitions.maximum) == (8, 16))
    }

    @Test("pairs, an incast and its reverse stand beside one pair")
    func pairs() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("pairs.yaml"))).spec
        #expect(spec.pairs.map(\.description) == ["1-1", "4-4", "4-1", "1-4"] && spec.paths == [.otherNode])
    }

    @Test("vendors are compared on every path, or on three, by the same tests")
    func vendors() throws {
        let whole = try #require(try performance(ScenarioFiles.scenario("vendor-comparison.yaml"))).spec
        let quick = try #require(try performance(ScenarioFiles.scenario("vendor-comparison-quick.yaml"))).spec
        #expect(whole.paths == CNIPerformance.Path.allCases && quick.paths.count == 3)
        #expect(whole.tests == quick.tests && whole.networks == quick.networks)
        #expect(whole.repetitions.minimum == 8 && quick.repetitions.minimum == 8)
    }

    @Test("latency is measured idle and beside streams in both directions")
    func underLoad() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("latency-under-load.yaml"))).spec
        #expect(spec.tests.map(\.load) == [.init(streams: 4, direction: .both)])
    }

    @Test("many connections are measured with requests, with bursts and one after the other")
    func manyConnections() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("many-connections.yaml"))).spec
        #expect(spec.tests.map(\.connections) == [64, 4, 32, 32] && spec.tests.map(\.burst) == [1, 16, 1, 1])
        #expect(
            spec.tests.map(\.pattern) == [
                .requestResponse, .requestResponse, .connectRequestClose, .connectRequestClose,
            ])
    }

    @Test("a stream is measured with offloads on and off at both ends")
    func offloads() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("offloads.yaml"))).spec
        #expect(spec.conditions.map(\.name) == ["as-it-is", "no-segmentation", "no-checksums", "aggregated"])
        #expect(spec.conditions[1].offloads == ["tso": false, "gso": false] && spec.conditions[1].end == .both)
        #expect(spec.conditions[3].offloads == ["gro": true])
    }

    @Test("capacity is asked for over rates that grow, by several repetitions")
    func capacity() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("capacity.yaml"))).spec
        #expect(spec.capacity == CapacityLimit(percentile: .p99, below: .milliseconds(1)))
        #expect(spec.tests.allSatisfy { $0.pattern == .openLoop && $0.rates.count > 4 })
        #expect(spec.repetitions.minimum >= 6)
    }

    @Test("packets are counted by size, as many as go and at the highest rate that keeps a limit")
    func packetRates() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("packet-rates.yaml"))).spec
        #expect(spec.tests.allSatisfy { $0.tool == .packets && $0.messageSizes.map(\.bytes) == [64, 512, 1_400] })
        #expect(spec.tests.map(\.pattern) == [.flood, .highestRate])
        #expect(spec.tests.map(\.lossBelow) == [nil, Ratio(fraction: 0.001)])
        #expect(spec.tests.map(\.processors) == [.distinct, .distinct])
    }

    @Test("the scenario of paths uses each of them, beside the bare nodes")
    func paths() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("paths.yaml"))).spec
        #expect(spec.paths == CNIPerformance.Path.allCases)
        #expect(spec.baseline == .host)
    }

    @Test("the full scenario uses every tool, pattern and family")
    func full() throws {
        let spec = try #require(try performance(ScenarioFiles.scenario("cni-performance-full.yaml"))).spec
        #expect(Set(spec.tests.map(\.tool)) == Set(CNIPerformance.Tool.allCases))
        #expect(Set(spec.tests.compactMap(\.pattern)) == Set(TrafficPattern.allCases))
        #expect(spec.families == IPAddress.Family.allCases)
        #expect(spec.tests.contains { $0.streams == 4 })
        #expect(spec.tests.contains { $0.messageSizes.count > 1 })
        #expect(spec.tests.contains { $0.rates == [.events(EventRate(perSecond: 5_000))] })
        #expect(spec.tests.contains { $0.rates == [.bits(BitRate(bitsPerSecond: 1e8))] })
        #expect(spec.tests.contains { $0.omit != nil })
    }

    @Test(
        "several streams may use several processors, one stream has one at each end",
        arguments: [
            ("", CNIPerformance.Processors.distinct), (", streams: 4", .any), (", streams: 4, processors: same", .same),
        ]
    )
    func processorsOfStreams(_ rest: String, _ processors: CNIPerformance.Processors) throws {
        let yaml = Sample.yaml(test: "tool: iperf3, protocol: tcp, duration: 1s\(rest)")
        #expect(try #require(try performance(yaml)).spec.tests.map(\.processors) == [processors])
    }

    @Test("every example of the reference decodes")
    func reference() throws {
        let examples = try ScenarioFiles.examplesOfTheReference()
        #expect(examples.count == 14)
        for example in examples { #expect(problems(in: example) == []) }
    }

    @Test("the problems that the reference shows are those that are reported")
    func referenceProblems() {
        #expect(
            problems(in: Sample.yaml([7: "  - {name: x, preset: brigde}"])) == [
                "t.yaml:7:23: spec.networks[0].preset: expected one of bridge, bridge-vxlan, ptp, found brigde."
                    + " Did you mean \"bridge\"?"
            ]
        )
        #expect(
            problems(in: Sample.yaml(test: "tool: iperf3, protocol: tcp, duration: 250")) == [
                "t.yaml:10:54: spec.tests[0].duration: expected a duration with a unit, such as 250ms, 1s or 2m,"
                    + " found 250: it has no unit"
            ]
        )
    }
}
