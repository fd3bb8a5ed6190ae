/// What the verdict of a comparison does not tell by itself.
public enum Caveat: String, Sendable, Hashable, Codable, CaseIterable {
    /// The difference is significant, and too small to matter.
    case differs

    /// At least one side falls into two groups of values, see `TwoGroups`.
    case twoGroups = "two groups"

    /// The outer values of the sides differ significantly, whatever their middles do.
    case tail = "other tail"

    /// One side scatters significantly more than the other.
    case spread = "other spread"
}
