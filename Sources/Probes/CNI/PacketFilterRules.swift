/// The lines of a rule listing that stay the same while nobody changes a rule; pure.
enum PacketFilterRules {
    /// Without comments (they hold the time), counters, and lines of punctuation.
    ///
    /// The same rule can stand in a listing more than once; each time after the first is numbered.
    static func rules(in listing: String) -> Set<String> {
        var times: [String: Int] = [:]
        for line in listing.split(separator: "\n") {
            var words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let first = words.first, first != "#", first != "COMMIT", first != "}" else { continue }
            // The counters of a chain stand in brackets behind its policy.
            words.removeAll { $0.hasPrefix("[") && $0.hasSuffix("]") && $0.contains(":") }
            times[words.joined(separator: " "), default: 0] += 1
        }
        return Set(times.flatMap { rule, times in (1...times).map { $0 == 1 ? rule : "\(rule) (\($0))" } })
    }
}
