import Contract

/// So many packets of a check went one way in a window, and so many of them came to grief.
struct Fact: Sendable, Equatable {
    /// Which way they went.
    enum Path: UInt8, Sendable {
        /// From the check's source to its target.
        case forward
        /// Back.
        case reverse
        /// There and back: on which of the ways, nobody knows.
        case round
    }

    /// What came of them.
    enum Grief: UInt8, Sendable {
        case lost, lostLarge, late
    }

    let check: Int32
    let path: Path
    let grief: Grief
    let trials: Int32
    let failures: Int32
}
