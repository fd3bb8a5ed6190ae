/// Whether something can be used here, and if not, why.
public enum Availability: Sendable, Equatable {
    /// It can.
    case yes
    /// It cannot, for this reason.
    case no(reason: String)
}
