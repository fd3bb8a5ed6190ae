import Foundation

/// What undoing an attachment needs to know, in the ledger.
struct AttachmentDetail: Codable, Sendable, Equatable {
    /// The path of the namespace in which the plugins ran.
    let nodeNamespace: String
    /// The directory with the results of ADD.
    let cache: String
    /// The network's configuration list.
    let list: String
    /// Where the plugins were found, separated by colons; nil in ledgers of early versions.
    let plugins: String?

    /// The value on one line, keys sorted.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Reads a ledger's value; nil where there is none, as of what never came to be attached.
    init?(json: String?) {
        guard let json, let value = try? JSONDecoder().decode(AttachmentDetail.self, from: Data(json.utf8)) else {
            return nil
        }
        self = value
    }

    /// A detail.
    init(nodeNamespace: String, cache: String, list: String, plugins: String?) {
        self.nodeNamespace = nodeNamespace
        self.cache = cache
        self.list = list
        self.plugins = plugins
    }
}
