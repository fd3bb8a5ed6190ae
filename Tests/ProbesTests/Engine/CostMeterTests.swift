import Contract
import LinuxHost
import Quantities
import Testing

@testable import Probes

@Suite("the kernel's counters around a probe")
struct CostMeterTests {
    private func moment(_ base: UInt64, softirq: Double? = nil, tracked: Int? = nil) -> CostMoment {
        var counters = NetworkCounters()
        counters.linkDrops = ["eth0": base, "lo": 0]
        counters.retransmits = base * 2
        counters.backlogDrops = base * 3
        counters.squeezes = base * 4
        counters.trackedConnections = tracked
        return CostMoment(counters: counters, softirq: softirq)
    }

    private func values(_ window: CostWindow, _ first: CostMoment, _ last: CostMoment) -> [String: Double] {
        var values: [String: Double] = [:]
        for case .sample(let sample) in CostMeter.events(window.end, from: first, to: last) {
            values[sample.metric] = sample.value
        }
        return values
    }

    @Test("the client says what its machine and its namespace counted meanwhile")
    func client() {
        let found = values(
            CostWindow(at: .client), moment(10, softirq: 1.5), moment(12, softirq: 2.25, tracked: 9))
        #expect(
            found == [
                "softirq_cpu": 0.75, "softnet_dropped": 6, "softnet_squeezed": 8, "retransmits_client": 4,
                "interface_drops_client": 2, "conntrack_entries_client": 9,
            ])
    }

    @Test("the server leaves the machine to the client")
    func server() {
        let found = values(CostWindow(at: .server), moment(1, softirq: 1), moment(1, softirq: 2))
        #expect(found == ["retransmits_server": 0, "interface_drops_server": 0])
    }

    @Test("what cannot be read, or fell, is no sample and not a zero")
    func missing() {
        let nothing = CostMoment(counters: NetworkCounters(), softirq: nil)
        #expect(values(CostWindow(at: .client), nothing, moment(1, softirq: 1)).isEmpty)
        #expect(values(CostWindow(at: .client), moment(1, softirq: 1), nothing).isEmpty)
        #expect(values(CostWindow(at: .client), moment(2, softirq: 2), moment(1, softirq: 1)).isEmpty)
    }

    @Test("a link that came meanwhile has not dropped anything before")
    func newLink() {
        var last = moment(3)
        last.counters.linkDrops?["eth1"] = 100
        #expect(values(CostWindow(at: .server), moment(1), last)["interface_drops_server"] == 2)
    }

    @Test("both ends of a test over loopback tell what it cost, behind what was measured", arguments: [true, false])
    func pair(hasLead: Bool) async throws {
        let outputs = (server: Collector(), client: Collector())
        let stop = ProbeStop()
        let lead: UInt64 = hasLead ? 200_000_000 : 0
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let server = EchoServer(transport: .tcp, family: .ipv4, messageSize: 64)
                await ProbeEngine.run(
                    ProbePlan(probe: server, deadlineSeconds: 20, cost: CostWindow(at: .server)),
                    output: outputs.server, stop: stop)
            }
            var probe = try Loopback.probe(port: try #require(await outputs.server.waitForPort()))
            probe.warmUpNanoseconds = lead
            await ProbeEngine.run(
                ProbePlan(
                    probe: probe, deadlineSeconds: 20, cost: CostWindow(at: .client, leadNanoseconds: lead)),
                output: outputs.client)
            stop.trip()
        }
        #expect(outputs.client.failure == nil && outputs.server.failure == nil)
        let names = [
            "softirq_cpu", "softnet_dropped", "softnet_squeezed", "retransmits_client", "interface_drops_client",
        ]
        let told = names.filter { outputs.client.value($0) != nil }
        // Where the machine was so busy that the first reading came late, there is none of them.
        #expect(told == names || (hasLead && told.isEmpty))
        #expect(outputs.server.value("retransmits_server") != nil && outputs.server.value("softirq_cpu") == nil)
        #expect(outputs.client.events.last == .done && outputs.server.events.last == .done)
    }

    @Test("a probe that fails in its lead tells no cost")
    func failure() async throws {
        let output = Collector()
        let start = Clock.monotonicNanoseconds()
        await ProbeEngine.run(
            ProbePlan(
                probe: try Loopback.probe(port: 1), deadlineSeconds: 20,
                cost: CostWindow(at: .client, leadNanoseconds: 60_000_000_000)),
            output: output)
        #expect(output.failure == "connectionRefused")
        #expect(output.value("retransmits_client") == nil)
        #expect(Clock.monotonicNanoseconds() - start < 20_000_000_000)
    }
}
