/// Which kernel a run is asked to take.
public enum KernelChoice: String, Sendable, CaseIterable {
    /// The host's when it has all that is needed, otherwise a guest's when there can be one.
    case auto
    /// The host's in any case.
    case host
    /// A guest's in any case.
    case guest
}
