import Contract

/// What stands at the places of a testbed, to see afterwards that it is the same.
struct StandingThings: Sendable, Equatable {
    /// By place: one thing each, such as `link eth0 of kind veth`.
    var places: [Place: Set<String>] = [:]

    /// What is more, less or other than before, in words with the place; sorted.
    func differences(from before: StandingThings) -> [String] {
        places.keys.sorted { $0.description < $1.description }.flatMap { place -> [String] in
            guard let old = before.places[place], let new = places[place] else { return [] }
            let (oldSettings, oldThings) = Self.split(old)
            let (newSettings, newThings) = Self.split(new)
            let more = newThings.subtracting(oldThings).sorted().map { "\(place) has \($0)" }
            let less = oldThings.subtracting(newThings).sorted().map { "\(place) has no more \($0)" }
            // A module that the kernel loads brings settings along everywhere: only those that were there can change.
            let other = newSettings.keys.sorted().compactMap { name -> String? in
                guard let was = oldSettings[name], let now = newSettings[name], was != now else { return nil }
                return "\(place) has \(name) = \(now), and had \(was)"
            }
            return more + less + other
        }
    }

    private static let setting = "sysctl "

    private static func split(_ things: Set<String>) -> (settings: [String: String], things: Set<String>) {
        var settings: [String: String] = [:]
        var others: Set<String> = []
        for thing in things {
            let parts = thing.split(separator: " = ", maxSplits: 1)
            if thing.hasPrefix(setting), parts.count == 2 {
                settings[String(parts[0].dropFirst(setting.count))] = String(parts[1])
            } else {
                others.insert(thing)
            }
        }
        return (settings, others)
    }
}
