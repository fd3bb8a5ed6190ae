import Contract

/// What one document's run came to, as `run` prints it and ends with it.
struct RunReport: Encodable {
    let name: String
    let run: String?
    let status: ProgramExit
    let verdicts: [VerdictListing.Row]
    let files: [String]

    private enum CodingKeys: String, CodingKey {
        case name, run, status, verdicts, files
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encodeIfPresent(run, forKey: .run)
        try container.encode(status.rawValue, forKey: .status)
        try container.encode(verdicts, forKey: .verdicts)
        try container.encode(files, forKey: .files)
    }

    /// The verdicts as a table; nothing when there are none.
    var table: String { verdicts.isEmpty ? "" : VerdictListing(rows: verdicts).table.text }
}
