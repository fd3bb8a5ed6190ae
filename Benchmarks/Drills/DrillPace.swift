/// How often agents check, and how long a fault lasts: windows long enough for ten attempts of a check, and faults for five windows.
struct DrillPace: Sendable {
    /// Milliseconds.
    let period: Int
    let window: Int
    let lasting: Int
    /// Long enough for a link to carry packets again, and for findings to be over.
    let quiet: Int
    /// From the moment that all agents listen until the watch knows what is usual.
    let learning: Int

    /// What a processor of its own takes.
    static let quick = DrillPace(period: 50, window: 500, lasting: 2_500, quiet: 2_500, learning: 4_500)
    /// What an emulated processor takes.
    static let slow = DrillPace(period: 200, window: 2_000, lasting: 10_000, quiet: 9_000, learning: 12_000)

    /// From the beginning of a fault to that of the next.
    var turn: Int { lasting + quiet }

    /// Of so many faults, one after the other, with room for a slow beginning.
    func duration(of count: Int) -> Int { learning + (count + 1) * turn }
}
