import Glibc

/// An entrance with one fault of each kind, behind words that its corpus holds: what finds faults has to find these.
struct PlantedEntrance: Entrance {
    let name = "planted"
    let words: [String] = []

    func take(_ input: [UInt8]) throws(Violation) -> Answer {
        let text = String(decoding: input, as: UTF8.self)
        if text.contains("trap") { return .accepted("\(input[input.count + 1])") }
        while text.contains("hang") { sleep(1) }
        try Violation.unless(!text.contains("wrong"), "nothing is wrong")
        return .accepted("")
    }
}
