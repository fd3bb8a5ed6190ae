/// Why a topic cannot be measured on this machine, and what would change that: no failure of what is measured.
struct LeftOut: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
