/// What packets are sent along a path for.
package enum PathPurpose: Sendable {
    /// To see whether an effect is as large as it was asked to be.
    case size
    /// To see that it is not there, before it and after it: fewer packets tell of that.
    case absence
}
