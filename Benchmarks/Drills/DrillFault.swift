import Watches

/// A fault of the real kernel: how it is made and undone, and what has to be found of it.
struct DrillFault: Sendable {
    /// A program that is run at a place.
    struct Step: Sendable {
        let place: DrillLab.Place
        let words: [String]

        init(_ place: DrillLab.Place, _ words: String) {
            self.place = place
            self.words = words.split(separator: " ").map(String.init)
        }

        init(_ place: DrillLab.Place, words: [String]) {
            self.place = place
            self.words = words
        }
    }

    /// What is to be found.
    let cause: Cause
    /// What may be found as well, since it is so, too: a link that is down takes its routes along.
    var consequences: [Cause] = []
    /// The nodes whose packets meet it; none where it is about a service.
    let nodes: Set<Int>
    /// What makes it.
    var apply: [Step] = []
    /// What puts everything back.
    var undo: [Step] = []
    /// What is done at a place again and again while it lasts.
    var pulse: Pulse?

    /// Work at a place, and what ends it.
    struct Pulse: Sendable {
        let place: DrillLab.Place
        let work: @Sendable () -> Void
        var end: @Sendable () -> Void = {}
    }
}
