/// Takes the lines of a guest's data port apart: those of its command, and those of its init.
struct GuestStream: Sendable {
    /// What a line means.
    enum Event: Sendable, Equatable {
        /// The command has been started.
        case started
        /// The guest lives.
        case alive
        /// The command wrote a line.
        case line(String)
        /// The command ended with this code, 128 and the number for a signal.
        case exited(Int32)
    }

    private let token: String
    private var isEmptyLineHeld = false

    init(token: String) {
        self.token = token
    }

    /// What this line means; an empty one may be the line feed that init puts before its last word, and waits for the
    /// next.
    mutating func take(_ line: String) -> [Event] {
        guard let event = ownEvent(line) else {
            let held: [Event] = isEmptyLineHeld ? [.line("")] : []
            isEmptyLineHeld = line.isEmpty
            return held + (line.isEmpty ? [] : [.line(line)])
        }
        return [event]
    }

    private func ownEvent(_ line: String) -> Event? {
        let words = line.split(separator: " ")
        guard let first = words.first, first == token else { return nil }
        switch words.dropFirst().first {
        case "started": return .started
        case "alive": return .alive
        case "exit": return words.count == 3 ? Int32(words[2]).map(Event.exited) : nil
        default: return nil
        }
    }
}
