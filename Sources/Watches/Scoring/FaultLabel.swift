public import Contract

/// A kind of fault with its sort of place, such as `link loss`: the rows and columns of a confusion matrix.
public struct FaultLabel: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// What is wrong.
    public let fault: NetworkFault
    /// The sort of its place.
    public let sort: String

    /// The label of a cause.
    public init(_ cause: Cause, on map: WatchMap) {
        fault = cause.fault
        sort = map.words(for: cause.seat).sort
    }

    /// For people.
    public var description: String { fault.isObserved ? "\(sort) \(fault.rawValue)" : fault.rawValue }

    /// By the words.
    public static func < (left: FaultLabel, right: FaultLabel) -> Bool { left.description < right.description }
}
