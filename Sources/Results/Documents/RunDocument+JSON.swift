import Foundation

extension RunDocument {
    /// Only what has to be known before the rest is decoded.
    private struct Header: Decodable {
        var format: String?
        var version: Int?
    }

    /// The document as JSON with sorted keys, so that equal runs are equal text.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
    }

    /// Reads a document; says where it is wrong.
    init(json: String) throws(StoreError) {
        let data = Data(json.utf8)
        do {
            let header = try JSONDecoder().decode(Header.self, from: data)
            guard header.format == Self.format else {
                throw Self.refusal(
                    "it is no exported run: expected format \"\(Self.format)\", found \(header.format ?? "none")",
                    "Export a run with: netmachinery runs export"
                )
            }
            guard header.version == Self.version else {
                throw Self.refusal(
                    "expected version \(Self.version), found \(header.version.map(String.init) ?? "none")",
                    "Use the version of the program that exported it"
                )
            }
            self = try JSONDecoder().decode(RunDocument.self, from: data)
        } catch let error as StoreError {
            throw error
        } catch {
            throw Self.refusal(
                DecodingProblem.words(for: error), "Export the run again; the document was changed or cut")
        }
    }

    static func refusal(_ reason: String, _ nextStep: String) -> StoreError {
        StoreError(
            code: .invalidDocument, operation: "import", object: "the document", reason: reason, nextStep: nextStep
        )
    }
}
