import Contract
import Foundation
import Testing

@testable import Watches

/// Four nodes with a pod each, and services that the pods answer: what is at a pod, and what is at its node.
@Suite struct PodFaultTests {
    static let nodes = 4
    static let map: WatchMap = {
        let names = (0..<nodes).map { "node\($0)" }
        let spots =
            names.enumerated().map { WatchMap.Spot(name: $0.element, node: $0.offset) }
            + names.enumerated().map { WatchMap.Spot(name: "\($0.element)/pod0", node: $0.offset, isPod: true) }
        let (homes, pods) = (Array(0..<nodes), Array(nodes..<2 * nodes))
        var checks: [WatchMap.Check] = []
        for node in homes {
            for other in homes where other != node {
                for kind in CheckKind.usual {
                    checks += [(node, other), (node, pods[other]), (pods[node], pods[other])].map {
                        WatchMap.Check(from: $0.0, to: .spot($0.1), by: kind)
                    }
                }
            }
            checks += [
                WatchMap.Check(from: pods[node], to: .service(0), by: .service),
                WatchMap.Check(from: pods[node], to: .service(1), by: .dns),
            ]
        }
        return WatchMap(
            nodes: names, spots: spots,
            services: [
                WatchMap.Service(name: "web", nodes: homes, spots: pods),
                WatchMap.Service(name: "names", nodes: homes, spots: pods, isResolver: true),
            ], checks: checks)
    }()

    /// What drills on a real kernel put in: each was found beside others, or at the pod's node, once.
    static let faults: [ModelFault] = [
        // A pod that is away takes its part of what services answer along.
        ModelFault(Cause(.loss, at: .spot(5))),
        ModelFault(Cause(.loss, at: .spot(5, .into)), share: 0.3),
        // What leaves a pod has no way: that is not each of its links by itself.
        ModelFault(Cause(.loss, at: .spot(6, .out))),
        // Large packets into a pod vanish: two of three that come to its node.
        ModelFault(Cause(.mtu, at: .spot(4, .into))),
        ModelFault(Cause(.mtu, at: .spot(4, .out))),
        ModelFault(Cause(.latency, at: .spot(7, .out))),
        // A port that refuses refuses those as well who come by the service.
        ModelFault(Cause(.loss, at: .spot(6), kind: .tcp)),
        ModelFault(Cause(.loss, at: .spot(6), kind: .udp)),
        // From one pod to another, and by the service as well.
        ModelFault(Cause(.loss, at: .spotLink(from: 4, to: 6))),
        ModelFault(Cause(.loss, at: .spotPair(5, 7))),
        // The node itself, and not its pod.
        ModelFault(Cause(.loss, at: .spot(2))),
        ModelFault(Cause(.loss, at: .node(2, .both))),
        ModelFault(Cause(.loss, at: .service(0))),
    ]

    @Test(arguments: faults) func nameThePlaceAndNothingElse(_ fault: ModelFault) throws {
        var network = ModelNetwork(Self.map, seed: 11)
        var watch = Watch(Self.map)
        for index in 0..<14 {
            watch.take(
                network.windows(
                    at: index, faults: (5..<10).contains(index) ? [fault] : [], after: index == 5 ? 0.4 : 0),
                index: index)
        }
        let finding = try #require(watch.findings.first)
        #expect(watch.findings.map { Self.map.words(for: $0.cause.seat).name }.count == 1)
        #expect(FaultScore.isSame(finding.cause, fault.cause), "\(finding.cause)")
        #expect(finding.ended == 9)
        guard let way = fault.cause.seat.way, way != .both else { return }
        #expect(finding.cause.seat.way == way)
        #expect(finding.words(on: Self.map).contains(way == .out ? "what leaves it" : "what comes in"))
    }

    /// Agents answer datagrams and questions for names themselves: one that gets no processor loses answers that the network did not.
    @Test(arguments: [0, 300_000_000] as [UInt64]) func whatABusyAgentDidNotAnswerIsNotLost(_ lateness: UInt64) {
        var network = ModelNetwork(Self.map, seed: 11)
        var watch = Watch(Self.map)
        for index in 0..<12 {
            var windows = network.windows(at: index)
            for place in windows.indices where (5..<10).contains(index) {
                if windows[place].place == 5 { windows[place].lateness = lateness }
                for number in windows[place].checks.indices {
                    let check = Self.map.checks[windows[place].checks[number].check]
                    let lost = check.target == .spot(5) && check.kind == .udp ? 5 : check.kind == .dns ? 2 : 0
                    guard lost > 0 else { continue }
                    windows[place].checks[number].answered -= lost
                    windows[place].checks[number].failures = [.timedOut: lost]
                }
            }
            watch.take(windows, index: index)
        }
        #expect(watch.findings.isEmpty == (lateness > 0), "\(watch.findings.map(\.cause))")
    }

    /// What the kernel answers is lost all the same, and so is what did not come.
    @Test func aBusyAgentHidesNoFault() {
        let faults = [
            Cause(.loss, at: .spot(5)), Cause(.mtu, at: .spot(5, .into)), Cause(.loss, at: .node(1, .both)),
            Cause(.loss, at: .service(1)),
        ]
        for fault in faults {
            var network = ModelNetwork(Self.map, seed: 11)
            var watch = Watch(Self.map)
            for index in 0..<12 {
                var windows = network.windows(at: index, faults: index < 5 ? [] : [ModelFault(fault)])
                // Of those who answer for names one alone is late.
                for place in windows.indices where windows[place].place < 5 { windows[place].lateness = 300_000_000 }
                watch.take(windows, index: index)
            }
            #expect(watch.findings.map(\.cause.tracked) == [fault.tracked])
        }
    }

    @Test func aPlanReadsBack() throws {
        let plan = WatchPlan(map: Self.map, rules: WatchRules(openAfter: 3), windowNanoseconds: 5, startNanoseconds: 7)
        #expect(try WatchPlan(json: plan.json()) == plan)
        let wrong = try plan.json().replacingOccurrences(of: "\"spot\":7", with: "\"spot\":8")
        #expect(throws: DecodingError.self) { try WatchPlan(json: wrong) }
    }

    @Test func whatAFaultBringsAlongIsNeitherRightNorExtra() {
        func finding(_ cause: Cause) -> WatchFinding {
            WatchFinding(cause: cause, began: 3, opened: 4, ended: nil, evidence: Evidence())
        }
        let (loss, route) = (Cause(.loss, at: .spot(5)), Cause(.missingRoute, at: .spot(5)))
        var score = FaultScore()
        score.take(
            [loss], found: [finding(loss), finding(route), finding(loss)], since: 3, on: Self.map, besides: [route])
        #expect(score.right == 1 && score.exact == 1 && score.extra == 0)
        score.take([loss], found: [finding(route)], since: 3, on: Self.map, besides: [route])
        #expect(score.right == 1 && score.exact == 1 && score.extra == 0)
        // What was found instead is shown all the same.
        #expect(score.confusion[FaultLabel(loss, on: Self.map)]?[FaultLabel(route, on: Self.map)] == 1)
        score.take([loss], found: [finding(loss), finding(route)], since: 3, on: Self.map)
        #expect(score.extra == 1 && score.right == 2)
        var sum = FaultScore()
        sum.add(score)
        sum.add(score)
        #expect(sum.injected == 6 && sum.right == 4 && sum.extra == 2 && sum.delays.count == 4)
    }
}
