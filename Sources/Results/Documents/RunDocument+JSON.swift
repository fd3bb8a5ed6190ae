import Foundation
import JSON

extension RunDocument {
    /// The most bytes of a document that is read.
    public static let largest = 1 << 30

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

    /// Reads a document strictly, and says where it is wrong.
    ///
    /// - Parameters:
    ///   - json: The text.
    ///   - check: What is asked of the document beside its form, such as that reports can read it.
    /// - Throws: ``StoreError`` of the code `invalidDocument`, with line, column and path.
    public init(
        json: String,
        check: (RunDocument) throws(DocumentProblem) -> Void = { (_) throws(DocumentProblem) in }
    ) throws(StoreError) {
        let bytes = Array(json.utf8)
        let limits = JSONLimits(bytes: Self.largest)
        do throws(JSONError) {
            // Before JSONDecoder, which does not tell line and column of a fault.
            try JSONReader.read(bytes, limits: limits) { (reader) throws(JSONError) in try reader.skip() }
        } catch {
            throw Self.refusal("it is not JSON: \(error)", Self.again)
        }
        do throws(DocumentProblem) {
            self = try Self.decoded(Data(bytes))
            try validate()
            try check(self)
        } catch {
            let place = try? error.path.position(in: bytes, limits: limits)
            throw Self.refusal(place.map { "\($0): \(error)" } ?? "\(error)", Self.nextStep(for: error))
        }
    }

    private static func decoded(_ data: Data) throws(DocumentProblem) -> RunDocument {
        do {
            let header = try JSONDecoder().decode(Header.self, from: data)
            guard header.format == format else {
                throw DocumentProblem(
                    ["format"],
                    "it is no exported run: expected format \"\(format)\", found \(header.format ?? "none")"
                )
            }
            guard header.version == version else {
                throw DocumentProblem(
                    ["version"], "expected version \(version), found \(header.version.map(String.init) ?? "none")")
            }
            return try JSONDecoder().decode(RunDocument.self, from: data)
        } catch let problem as DocumentProblem {
            throw problem
        } catch {
            throw DecodingProblem.problem(for: error)
        }
    }

    private static let again = "Export the run again; the document was changed or cut"

    private static func nextStep(for problem: DocumentProblem) -> String {
        switch problem.path.steps {
        case ["format"]: "Export a run with: netmachinery runs export"
        case ["version"]: "Use the version of the program that exported it"
        default: again
        }
    }

    static func refusal(_ reason: String, _ nextStep: String) -> StoreError {
        StoreError(
            code: .invalidDocument, operation: "import", object: "the document", reason: reason, nextStep: nextStep
        )
    }
}
