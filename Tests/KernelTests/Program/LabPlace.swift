import TestSupport

/// One line of `lab ps`.
struct LabPlace: Decodable, Equatable {
    let place: String
    let namespace: String
    let addresses: [String]

    var isPod: Bool { place.contains("/pod") }

    static func list(_ result: ProgramResult) throws -> [LabPlace] {
        try result.decode([LabPlace].self)
    }
}
