/// The run that another one is a step of, and the step's name.
///
/// The columns `parent_id` and `step` of `runs`. A step that was imported without its parent keeps the parent's id.
public struct RunParent: Sendable, Hashable, Codable {
    /// The id of the run that holds all steps.
    public var id: String
    /// The name of the step, which its parent's resource gives it.
    public var step: String

    /// A step of a run.
    public init(id: String, step: String) {
        self.id = id
        self.step = step
    }
}
