import Netlink

/// What an interface had before its offloads were changed: what was wanted and what was in use of all that can change.
struct OffloadRecord: Sendable, Equatable {
    /// Whether each is wanted.
    var wanted: [String: Bool] = [:]
    /// Whether each is in use.
    var active: [String: Bool] = [:]

    init(_ state: OffloadState) {
        for name in state.changeable {
            wanted[name] = state.wanted.contains(name)
            active[name] = state.active.contains(name)
        }
    }

    /// Reads what ``text`` wrote; nil where a line is none of it.
    init?(text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, !parts[0].isEmpty, let isWanted = Self.word(parts[1]),
                let isActive = Self.word(parts[2]), wanted.updateValue(isWanted, forKey: parts[0]) == nil
            else { return nil }
            active[parts[0]] = isActive
        }
    }

    /// A line for each: its name, whether it is wanted, and whether it is in use.
    var text: String {
        wanted.sorted { $0.key < $1.key }
            .map { "\($0.key) \($0.value ? "on" : "off") \(active[$0.key] == true ? "on" : "off")" }
            .joined(separator: "\n")
    }

    /// What has to be asked for so that it is wanted as before.
    func changes(from state: OffloadState) -> [String: Bool] {
        wanted.filter { state.changeable.contains($0.key) && state.wanted.contains($0.key) != $0.value }
    }

    /// What is not as it was; nil when all is.
    func difference(_ state: OffloadState) -> String? {
        let names = wanted.keys.sorted().filter {
            state.wanted.contains($0) != wanted[$0] || state.active.contains($0) != active[$0]
        }
        return names.isEmpty ? nil : "\(names.joined(separator: ", ")) is not as before"
    }

    private static func word(_ text: String) -> Bool? { ["on": true, "off": false][text] }
}
