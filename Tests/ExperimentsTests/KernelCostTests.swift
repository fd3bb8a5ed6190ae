import Contract
import Testing

@testable import Experiments

@Suite("what a trial cost the kernel")
struct KernelCostTests {
    private func samples(_ values: KeyValuePairs<String, Double>) -> [Sample] {
        values.map { Sample(metric: $0.key, value: $0.value) }
    }

    private func values(_ cost: KernelCost, _ values: KeyValuePairs<String, Double>) -> [String: Double] {
        let completed = cost.completed(samples(values))
        return Dictionary(completed.map { ($0.metric, $0.value) }) { first, _ in
            Issue.record("a metric is there twice")
            return first
        }
    }

    @Test("time in soft interrupts is divided by the work")
    func perWork() {
        let stream = values(KernelCost(transport: .tcp), ["softirq_cpu": 3, "bytes": 2 * 1_073_741_824])
        #expect(stream["softirq_cpu_per_gibibyte"] == 1.5)
        let trips = values(KernelCost(transport: .udp), ["softirq_cpu": 3, "transactions": 6000, "bytes": 1e9])
        #expect(trips["softirq_cpu_per_kilotransaction"] == 0.5 && trips["softirq_cpu_per_gibibyte"] == nil)
    }

    @Test("without work there is no cost by work, and beside a load it would be the load's, too")
    func nothingToDivideBy() {
        #expect(values(KernelCost(transport: .tcp), ["softirq_cpu": 3, "bytes": 0]) == ["softirq_cpu": 3, "bytes": 0])
        let given: KeyValuePairs = [
            "softirq_cpu": 3.0, "transactions": 1000, "retransmits_client": 1, "retransmits_server": 1,
        ]
        let loaded = values(KernelCost(transport: .tcp, isLoaded: true), given)
        #expect(loaded.count == given.count && loaded["softirq_cpu"] == 3)
    }

    @Test("segments of both ends are added up where no tool counted them")
    func retransmits() {
        let cost = KernelCost(transport: .tcp)
        let both: KeyValuePairs = ["retransmits_client": 3.0, "retransmits_server": 4]
        #expect(values(cost, both)["retransmits"] == 7)
        let told = values(cost, ["retransmits": 2, "retransmits_client": 3, "retransmits_server": 4])
        #expect(told["retransmits"] == 2)
        #expect(values(cost, ["retransmits_client": 3])["retransmits"] == nil)
        #expect(values(KernelCost(transport: .udp), both).isEmpty)
    }

    @Test("ends in one namespace count the same, once")
    func onePlace() {
        let cost = values(
            KernelCost(transport: .tcp, isOnePlace: true),
            [
                "retransmits_client": 3, "retransmits_server": 3, "interface_drops_client": 1,
                "interface_drops_server": 1, "conntrack_entries_client": 5, "conntrack_entries_server": 5,
            ])
        #expect(
            cost == [
                "retransmits_client": 3, "interface_drops_client": 1, "conntrack_entries_client": 5, "retransmits": 3,
            ])
    }
}
