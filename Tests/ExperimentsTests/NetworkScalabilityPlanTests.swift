import Contract
import Quantities
import Resources
import TestSupport
import Testbed
import Testing

@testable import Experiments

@Suite("The plan of a NetworkScalabilityTest")
struct NetworkScalabilityPlanTests {
    private static func spec(
        proxies: [ProxyMode] = [.none, .iptablesNFT, .ipvs],
        services: [Int] = [1, 100],
        endpoints: [Int] = [2],
        measure: [ServiceMeasure] = ServiceMeasure.usual,
        positions: [ServicePosition] = ServicePosition.allCases
    ) -> NetworkScalabilityTest.Spec {
        NetworkScalabilityTest.Spec(
            proxies: proxies,
            services: services,
            endpointsPerService: endpoints,
            measure: measure,
            positions: positions,
            repetitions: .init(minimum: 6, maximum: 6)
        )
    }

    @Test("every mode meets every number of services and of endpoints")
    func cells() {
        let plan = NetworkScalabilityPlan(spec: Self.spec(endpoints: [1, 10]))
        #expect(plan.cells.count == 3 * 2 * 2)
        #expect(Set(plan.cells.map(\.variant)).count == 12)
        #expect(plan.cells.first?.variant.key == "proxy=none services=1 endpoints=1")
    }

    @Test("metrics are drawn along the services, or along the endpoints of one number of services")
    func design() {
        let along = NetworkScalabilityPlan(spec: Self.spec()).design
        #expect(along.comparedFactor == "proxy")
        #expect(along.baseline == "none")
        #expect(along.scaleFactor == "services")
        #expect(along.factors.map(\.name) == ["proxy", "services"])
        #expect(along.thresholds == [.init(metric: "connect_random_p99", limit: 250e-6)])
        let endpoints = NetworkScalabilityPlan(
            spec: Self.spec(proxies: [.nftables], services: [1], endpoints: [1, 10], positions: [.first])
        ).design
        #expect(endpoints.scaleFactor == "endpoints")
        #expect(endpoints.baseline == nil)
        #expect(endpoints.thresholds == [.init(metric: "connect_first_p99", limit: 250e-6)])
        #expect(NetworkScalabilityPlan(spec: Self.spec(services: [1])).design.scaleFactor == nil)
    }

    @Test("the agent's plan can be carried out, for every mode and measure")
    func probes() throws {
        let modes = ProxyMode.allCases
        let spec = Self.spec(proxies: modes, measure: ServiceMeasure.allCases)
        let plan = NetworkScalabilityPlan(spec: spec)
        for cell in plan.cells {
            let probe = plan.probe(for: cell)
            try ProbePlan(probe: probe, deadlineSeconds: 1).validate()
            #expect(probe.mode.rawValue == cell.proxy.rawValue)
            #expect(probe.services == cell.services)
            #expect(probe.measures.count == ServiceMeasure.allCases.count)
        }
    }

    @Test("more services take longer, and every trial has more time than it should need")
    func durations() {
        let plan = NetworkScalabilityPlan(spec: Self.spec(services: [1, 100, 10_000]))
        for proxy in [ProxyMode.iptablesNFT, .ipvs] {
            let durations = plan.cells.filter { $0.proxy == proxy }.map(plan.expectedDuration)
            #expect(durations == durations.sorted())
            #expect(Set(durations).count == 3)
        }
        #expect(plan.cells.allSatisfy { plan.deadline(of: $0) > plan.expectedDuration(of: $0) * 2 })
    }

    @Test("without a proxy, trials that would only program are skipped with the reason, and others are not")
    func nothingToMeasure() async throws {
        var spec = Self.spec()
        spec.proxies = [.none, .nftables]
        for (measure, isSkipped) in [
            ([ServiceMeasure.program], true), ([.addOne, .rules, .churn, .restart], true),
            ([.program, .established], false), ([.firstPacket], false), ([.connectionRate], false),
        ] {
            spec.measure = measure
            let plan = NetworkScalabilityPlan(spec: spec)
            for cell in plan.cells {
                let reason = plan.nothingToMeasure(in: cell)
                #expect((reason != nil) == (isSkipped && cell.proxy == .none))
                if let reason { #expect(reason.contains("nothing to program")) }
            }
            let experiment = NetworkScalabilityExperiment(
                NetworkScalabilityTest(metadata: .init(name: "t"), spec: spec))
            let none = try #require(experiment.variants.first { $0.levels.contains(Variant.Level("proxy", "none")) })
            #expect((await experiment.obstacle(to: none, on: ScriptedTestbed()) != nil) == isSkipped)
        }
    }

    @Test("an added service that comes in two syncs takes the pause between them longer")
    func pause() throws {
        var spec = Self.spec()
        spec.measure = [.addOne]
        spec.sync = .init(minSyncPeriod: .seconds(3))
        var atOnce = spec
        atOnce.sync.endpointsFollow = false
        let slow = NetworkScalabilityPlan(spec: spec)
        let fast = NetworkScalabilityPlan(spec: atOnce)
        for (cell, other) in zip(slow.cells, fast.cells) where cell.proxy != .none {
            #expect(slow.expectedDuration(of: cell) - fast.expectedDuration(of: other) == .seconds(3))
            #expect(slow.probe(for: cell).syncPauseNanoseconds == 3_000_000_000)
            #expect(slow.probe(for: cell).endpointsFollow && !fast.probe(for: other).endpointsFollow)
        }
        spec.sync = .init()
        #expect(
            NetworkScalabilityPlan(spec: spec).cells.allSatisfy {
                NetworkScalabilityPlan(spec: spec).probe(for: $0).syncPauseNanoseconds == nil
            })
        #expect(ProxyMode.allCases.filter { $0.syncPause == .zero } == [.none, .ipvs])
    }

    @Test("a trial is one agent in a namespace of its own, and what it says is the measurement")
    func measure() async throws {
        let resource = NetworkScalabilityTest(metadata: .init(name: "t"), spec: Self.spec())
        let experiment = NetworkScalabilityExperiment(resource)
        let testbed = ScriptedTestbed([
            .scratch: [.sample(metric: "connect_random_p50", value: 4e-5, censored: false), .done]
        ])
        let measurement = try await experiment.measure(experiment.variants[1], in: .test(testbed))
        #expect(measurement.value(of: "connect_random_p50") == 4e-5)
        // The seed of the trial is what the agent draws from.
        #expect(testbed.plans.map(\.seed) == [TrialContext.test(testbed).seed])
    }

    @Test("a kernel that does not hold what was planned makes the trial invalid")
    func invalid() async throws {
        let resource = NetworkScalabilityTest(metadata: .init(name: "t"), spec: Self.spec())
        let experiment = NetworkScalabilityExperiment(resource)
        let testbed = ScriptedTestbed([
            .scratch: [.failure(code: "unverified", message: "the kernel holds rules 3"), .done]
        ])
        let failure = await #expect(throws: TrialFailure.self) {
            try await experiment.measure(experiment.variants[1], in: .test(testbed))
        }
        #expect(failure?.outcome == .invalid)
        #expect(failure?.reason.contains("the kernel holds rules 3") == true)
    }
}
