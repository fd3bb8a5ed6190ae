/// Keeps processors busy: what a noisy neighbour does.
public struct ProcessorLoad: Condition {
    /// The word in a plan.
    public static let kind = "processorLoad"

    /// How many processors are kept busy, 1 to 256; each by a thread of its own.
    public var processors: Int

    /// A load of so many processors.
    public init(processors: Int = 1) {
        self.processors = processors
    }

    /// Such as `load of 2 processors`.
    public var words: String { "load of \(processors) \(processors == 1 ? "processor" : "processors")" }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        guard (1...256).contains(processors) else {
            throw PlanError(path: "probe.processors", reason: "expected 1 to 256, found \(processors)")
        }
    }
}
