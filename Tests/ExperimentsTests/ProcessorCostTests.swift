import Contract
import Testing

@testable import Experiments

@Suite("The processor cost of a trial")
struct ProcessorCostTests {
    private func measurement(_ values: [(String, Double)]) -> Measurement {
        Measurement(samples: values.map { Sample(metric: $0.0, value: $0.1) })
    }

    @Test("both ends' seconds are divided by the GiB that were moved")
    func perGibibyte() {
        let samples = ProcessorCost.samples(
            for: measurement([("cpu_client", 0.75), ("cpu_server", 1.25), ("bytes", 4 * 1_073_741_824)])
        )
        #expect(samples == [.init(metric: "cpu_per_gibibyte", value: 0.5)])
    }

    @Test("where transactions were counted, the cost is for a thousand of them")
    func perKilotransaction() {
        let samples = ProcessorCost.samples(
            for: measurement([("cpu_client", 0.1), ("cpu_server", 0.1), ("transactions", 4000), ("bytes", 1000)])
        )
        #expect(samples == [.init(metric: "cpu_per_kilotransaction", value: 0.05)])
    }

    @Test("where datagrams were counted, the cost is for a thousand of them")
    func perKilopacket() {
        let samples = ProcessorCost.samples(
            for: measurement([("cpu_client", 0.3), ("cpu_server", 0.1), ("packets", 200_000)])
        )
        #expect(samples == [.init(metric: "cpu_per_kilopacket", value: 0.002)])
    }

    @Test("without work, or with one end missing, there is no cost and not a zero")
    func nothingToDivideBy() {
        #expect(ProcessorCost.samples(for: measurement([("cpu_client", 1), ("bytes", 1e9)])).isEmpty)
        #expect(ProcessorCost.samples(for: measurement([("cpu_client", 1), ("cpu_server", 1), ("bytes", 0)])).isEmpty)
    }
}
