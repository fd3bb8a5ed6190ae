import Experiments
import Testbed

extension TrialContext {
    /// The context of a trial of no run.
    static func test(_ testbed: any Testbed, seed: UInt64 = 7) -> TrialContext {
        TrialContext(testbed: testbed, seed: seed, block: 1, deadline: .seconds(5))
    }
}
