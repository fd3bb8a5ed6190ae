/// Things that may be there more than once: each time after the first is numbered, so that one more is a thing, too.
struct CountedThings {
    private var times: [String: Int] = [:]

    /// Every thing once, `rule` and then `rule (2)`.
    private(set) var things: Set<String> = []

    mutating func add(_ thing: String) {
        times[thing, default: 0] += 1
        let number = times[thing, default: 1]
        things.insert(number == 1 ? thing : "\(thing) (\(number))")
    }
}
