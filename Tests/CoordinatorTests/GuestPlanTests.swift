import Experiments
import KernelGuest
import Testing

@testable import Coordinator

@Suite("How long a guest may take")
struct GuestPlanTests {
    @Test("every trial may come to its deadline, with its gate and ten seconds, and a quarter of an hour is on top")
    func limits() {
        // Two variants of 5 s, and a gate of 1 ms and 1 ms, three times.
        let experiment = StubExperiment { _, _ in Measurement(samples: []) }
        #expect(GuestPlan.limits(for: experiment).total == .milliseconds(3 * 2 * 15_002) + .seconds(900))
    }
}
