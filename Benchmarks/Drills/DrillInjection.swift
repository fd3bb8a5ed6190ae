import Watches

/// Faults that were there at the same time, and when, in nanoseconds since 1970.
struct DrillInjection: Sendable, Codable {
    let titles: [String]
    let causes: [Cause]
    let consequences: [Cause]
    /// When their making began, when all were there, and when the last was undone.
    let began: UInt64
    let there: UInt64
    let gone: UInt64
}
