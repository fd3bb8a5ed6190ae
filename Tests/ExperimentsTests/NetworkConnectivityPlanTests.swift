import Contract
import Quantities
import Resources
import Testbed
import Testing

@testable import Experiments

@Suite("The plan of a NetworkConnectivityTest")
struct NetworkConnectivityPlanTests {
    typealias Kind = NetworkConnectivityTest

    private static func pods(_ count: Int) -> [Kind.Source] {
        (0..<count).map { .pod(.init("p\($0)"), container: nil) }
    }

    private static func plan(
        layer: Kind.Layer = .network, sources: [Kind.Source] = pods(1), _ destinations: [Kind.Destination],
        families: [IPAddress.Family] = [.ipv4], local: Kind.Local = .init()
    ) -> NetworkConnectivityPlan {
        NetworkConnectivityPlan(
            spec: .init(
                layer: layer, sources: sources, destinations: destinations, families: families, local: local))
    }

    @Test("a service is its virtual address and each of its endpoints; on layer 3 the first is shown only")
    func services() {
        let port = Port(number: 80)
        let layer4 = Self.plan(layer: .transport, [.init(.service(.init("s")), port: port)])
        #expect(
            layer4.cells.map { $0.variant.description } == [
                "p0 s:80 tcp", "p0 s → s-0:80 tcp", "p0 s → s-1:80 tcp",
            ])
        #expect(layer4.cells.map(\.expect) == [.reached, .reached, .reached])
        #expect(layer4.cells.first?.target == .address(IPAddress(10, 96, 0, 10)))
        let layer3 = Self.plan([.init(.service(.init("s")))])
        #expect(layer3.cells.map(\.expect) == [nil, .reached, .reached])
        let asked = Self.plan([.init(.service(.init("s")), expect: .blocked)])
        #expect(asked.cells.map(\.expect) == [.blocked, .blocked, .blocked])
    }

    @Test("pods take turns on the nodes, and one more node stands in for what is outside")
    func layout() {
        let plan = Self.plan(
            sources: Self.pods(3), [.init(.external(IPAddress(8, 8, 8, 8)))],
            local: .init(external: [IPAddress(8, 8, 8, 8)]))
        #expect(plan.topology.nodes == 3)
        #expect(plan.topology.networks.first?.podsOnNode == [2, 1, 0])
        #expect(
            plan.cells.map(\.source) == [
                .pod(0, on: 0, of: "netlink"), .pod(0, on: 1, of: "netlink"), .pod(1, on: 0, of: "netlink"),
            ])
        #expect(plan.layout.outside == .node(2, of: "netlink"))
    }

    @Test("all checks of a source are one batch, as far as an agent can take them")
    func batches() {
        let destinations = (0..<ReachProbe.mostChecks + 1).map {
            Kind.Destination(.address(IPAddress(10, 1, UInt8($0 / 256), UInt8($0 % 256))))
        }
        let plan = Self.plan(sources: Self.pods(2), destinations)
        let sizes = Dictionary(grouping: plan.cells, by: \.batch).mapValues(\.count)
        #expect(sizes.values.sorted() == [1, 1, ReachProbe.mostChecks, ReachProbe.mostChecks])
        #expect(plan.design.matrix == Design.Matrix(rows: "source", columns: "destination"))
    }

    @Test("a name is asked for where the name server is, and then followed where it leads")
    func names() {
        let name = Kind.Destination(.name(.init("s.default.svc.cluster.local", type: .srv)))
        let asked = Self.plan(layer: .application, [name])
        #expect(asked.cells.map(\.method) == [.dns])
        #expect(asked.cells.map(\.port) == [53])
        #expect(asked.cells.map(\.target) == [.place(.node(0, of: "netlink"))])
        #expect(asked.cells.map(\.question) == [.init("s.default.svc.cluster.local", .srv)])
        #expect(asked.cells.map(\.expect) == [.reached])
        #expect(asked.layout.services.map(\.service.name.description) == ["s"])
        let followed = Self.plan(
            layer: .transport,
            [
                .init(.name(.init("p.n.pod.cluster.local")), port: Port(number: 80)),
                .init(.name(.init("w.x", server: IPAddress(10, 0, 0, 53))), port: Port(number: 80)),
                .init(.name(.init("v.x")), port: Port(number: 80)),
            ], families: [.ipv4, .ipv6], local: .init(names: ["v.x": IPAddress(10, 0, 0, 1)]))
        #expect(followed.spec.pods.map(\.description) == ["p0", "n/p"])
        #expect(
            followed.cells.map { "\($0.question?.name ?? "") \($0.question?.type.rawValue ?? "") \($0.port ?? 0)" } == [
                "p.n.pod.cluster.local A 80", "p.n.pod.cluster.local AAAA 80", "w.x A 80", "w.x AAAA 80", "v.x A 80",
            ])
    }

    @Test("requests say which page and which host, and pods that are asked for one listen")
    func requests() throws {
        let port = Port(number: 80)
        let spec = Kind.Spec(
            layer: .application, application: .http, sources: Self.pods(1),
            destinations: [
                .init(.service(.init("s")), port: port, path: "/x", status: 204),
                .init(.name(.init("p.n.pod.cluster.local")), port: port),
            ])
        let cells = NetworkConnectivityPlan(spec: spec).cells
        #expect(cells.map(\.method) == [.http, .http, .http, .http])
        #expect(cells.map { $0.request?.path } == ["/x", "/x", "/x", "/"])
        #expect(cells.map { $0.request?.status } == [204, 204, 204, 200])
        #expect(cells.map { $0.request?.host } == [nil, nil, nil, "p.n.pod.cluster.local"])
        #expect(cells.map(\.expect) == [.reached, .reached, .reached, .reached])
    }

    @Test("the steps of a request are numbers, and TLS is one where there is TLS")
    func phases() throws {
        let result = ReachResult(
            id: 0, outcome: .reached, sent: 1, times: [9_000],
            phases: .init(lookup: 1_000, connect: 2_000, tls: 0, firstByte: 3_000, total: 9_000))
        let measurement = try Self.verdict(result, .reached).measurement()
        #expect(
            ["lookup", "connect", "first_byte", "total", "tls"].map { measurement.value(of: "http_\($0)") }
                == [1e-6, 2e-6, 3e-6, 9e-6, nil])
    }

    @Test("neighbours are counted by the network: none of pods that netlink made, two for each pair on a bridge")
    func neighbours() {
        func neighbours(_ network: Kind.Local.Network) -> Int {
            let targets = (0..<10).map { Kind.Destination(.pod(.init("q\($0)"))) }
            return Self.plan(sources: Self.pods(10), targets, local: .init(network: network)).layout.neighbours
        }
        #expect(neighbours(.netlink) == 2)
        #expect(neighbours(.ptp) == 2 + 2 * 20)
        #expect(neighbours(.bridge) == 2 + 2 * 20 + 2 * (5 * 5 + 5 * 5))
        #expect(neighbours(.macvlan) == 2 + 2 * 20 + 2 * 100)
    }

    @Test("two families are a factor, and an address has one")
    func families() {
        let plan = Self.plan(
            [.init(.pod(.init("q"))), .init(.address(IPAddress(10, 0, 0, 1)))], families: [.ipv4, .ipv6])
        #expect(
            plan.cells.map { $0.variant.description } == [
                "p0 q icmp ipv4", "p0 q icmp ipv6", "p0 10.0.0.1 icmp ipv4",
            ])
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let outcome: ReachOutcome
        let expect: Kind.Expectation?
        let verdict: Finding.Verdict
        var testDescription: String { "\(outcome) where \(expect?.rawValue ?? "nothing") is expected: \(verdict)" }
    }

    /// Everything that an outcome can mean.
    static let cases: [Case] = ReachOutcome.allCases.filter { $0 != .couldNotTest }.flatMap { outcome in
        let blocked = outcome == .timedOut || outcome == .unreachable
        return [
            Case(outcome: outcome, expect: .reached, verdict: outcome == .reached ? .passed : .failed),
            Case(outcome: outcome, expect: .blocked, verdict: blocked ? .passed : .failed),
            Case(outcome: outcome, expect: .refused, verdict: outcome == .refused ? .passed : .failed),
            Case(outcome: outcome, expect: .nameNotFound, verdict: outcome == .nameNotFound ? .passed : .failed),
            Case(outcome: outcome, expect: nil, verdict: .shown),
        ]
    }

    private static func verdict(
        _ result: ReachResult, _ expect: Kind.Expectation?, maximumLoss: Double = 0
    ) -> ReachVerdict {
        ReachVerdict(
            result: result,
            cell: .init(
                variant: Variant([]), source: .node(0, of: "n"), target: .address(IPAddress(10, 0, 0, 1)), port: nil,
                method: .icmp, family: .ipv4, expect: expect, batch: ""),
            maximumLoss: maximumLoss)
    }

    @Test("an outcome passes where it is expected, and nowhere else", arguments: cases)
    func verdicts(_ item: Case) throws {
        let times: [UInt64] = item.outcome == .reached ? [1_000, 2_000] : []
        let result = ReachResult(id: 0, outcome: item.outcome, sent: 2, times: times)
        let verdict = Self.verdict(result, item.expect)
        #expect(verdict.finding.verdict == item.verdict)
        #expect(try verdict.measurement().value(of: "reached") == (item.outcome == .reached ? 1 : 0))
    }

    @Test("what could not be tested is a failed trial with the reason, and never an outcome of the network")
    func untested() {
        let result = ReachResult(id: 0, outcome: .couldNotTest, reason: "no descriptors")
        #expect(throws: TrialFailure(.failed, "could not test: no descriptors")) {
            try Self.verdict(result, .blocked).measurement()
        }
    }

    @Test("partial loss is no success, unless so much may be lost")
    func loss() throws {
        let result = ReachResult(id: 0, outcome: .reached, sent: 4, times: [1_000, 3_000, 1_000])
        #expect(Self.verdict(result, .reached).finding.verdict == .failed)
        #expect(Self.verdict(result, .reached).finding.found == "reached, 1 of 4 lost")
        #expect(Self.verdict(result, .reached, maximumLoss: 0.25).finding.verdict == .passed)
        let measurement = try Self.verdict(result, .reached).measurement()
        #expect(measurement.value(of: "reach_loss") == 0.25)
        #expect(measurement.value(of: "rtt_p50") == 1e-6)
        #expect(measurement.value(of: "rtt_p100") == 3e-6)
    }

    @Test("how long it took is a number, censored where what was expected never held")
    func convergence() throws {
        let held = ReachResult(
            id: 0, outcome: .reached, sent: 1, times: [1_000], convergedAfter: 250_000_000, watched: 250_000_000)
        #expect(Self.verdict(held, .reached).finding.verdict == .passed)
        #expect(Self.verdict(held, .reached).finding.detail == "as expected after 250ms")
        let never = ReachResult(id: 0, outcome: .timedOut, sent: 9, watched: 1_000_000_000)
        #expect(Self.verdict(never, .reached).finding.verdict == .failed)
        #expect(Self.verdict(never, .reached).finding.detail == "not as expected for 1s")
        let samples = try [held, never].map { try Self.verdict($0, .reached).measurement().samples }
            .map { $0.first { $0.metric == "converged_after" } }
        #expect(samples.map { $0?.value } == [0.25, 1])
        #expect(samples.map { $0?.censored } == [false, true])
    }

    @Test("jitter is that of RFC 3550: a sixteenth of each new difference")
    func jitter() {
        #expect(ReachVerdict.jitter([1_000, 1_000, 1_000]) == 0)
        #expect(ReachVerdict.jitter([1_000, 1_160]) == 10)
        #expect(ReachVerdict.jitter([1_000, 1_160, 1_000]) == 19.375)
    }
}
