import Contract
import Reports

/// What one document's run came to, as `run` prints it and ends with it.
struct RunReport: Encodable {
    let name: String
    let run: String?
    let status: ProgramExit
    let verdicts: [VerdictListing.Row]
    var findings: [PlacedFinding] = []
    /// The findings as text.
    var findingText = ""
    let files: [String]

    private enum CodingKeys: String, CodingKey {
        case name, run, status, verdicts, findings, files
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encodeIfPresent(run, forKey: .run)
        try container.encode(status.rawValue, forKey: .status)
        try container.encode(verdicts, forKey: .verdicts)
        if !findings.isEmpty { try container.encode(findings, forKey: .findings) }
        try container.encode(files, forKey: .files)
    }

    /// The findings and the verdicts as tables; nothing when there are none.
    var table: String { findingText + (verdicts.isEmpty ? "" : VerdictListing(rows: verdicts).table.text) }
}
