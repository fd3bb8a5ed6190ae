/// At which end of a test an agent reads what the kernel counts there, and from when on.
///
/// It reads once before what is measured and once after it, and nothing meanwhile.
public struct CostWindow: Sendable, Hashable, Codable {
    /// An end of a test.
    public enum End: String, Sendable, Hashable, Codable, CaseIterable {
        /// The one that measures: it reads what belongs to the whole machine, too.
        case client
        /// The one that answers.
        case server
    }

    /// Which end it is.
    public var end: End
    /// Nanoseconds from the start of the probe that are not measured, such as a warm-up.
    public var leadNanoseconds: UInt64

    /// A window at an end.
    public init(at end: End, leadNanoseconds: UInt64 = 0) {
        self.end = end
        self.leadNanoseconds = leadNanoseconds
    }

    /// Finds a lead that nobody waits for.
    func validate() throws(PlanError) {
        let longest: UInt64 = 3_600_000_000_000
        guard leadNanoseconds <= longest else {
            throw PlanError(
                path: "cost.leadNanoseconds", reason: "expected 0 to \(longest) ns, found \(leadNanoseconds)")
        }
    }
}
