import Foundation

/// What a ledger entry says beside its kind and name: whose it is, and what its testbed needs to remove it.
struct LedgerDetail: Sendable, Equatable, Codable {
    /// The testbed that made it, and removes it.
    var testbed: String
    /// The lab that it belongs to, which outlives the command that made it; nil for a run's.
    var lab: String?
    /// What only the testbed understands, as JSON.
    var item: String?

    /// The text in the store, keys sorted.
    func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// A detail.
    init(testbed: String, lab: String? = nil, item: String? = nil) {
        self.testbed = testbed
        self.lab = lab
        self.item = item
    }

    /// Reads the text of a store; earlier programs, which knew one testbed, wrote the item's own keys and the lab's
    /// side by side.
    init(text: String) {
        let data = Data(text.utf8)
        if let detail = try? JSONDecoder().decode(LedgerDetail.self, from: data) {
            self = detail
        } else {
            let keys = (try? JSONDecoder().decode([String: String].self, from: data)) ?? [:]
            self.init(testbed: "local", lab: keys["lab"], item: keys.isEmpty ? nil : text)
        }
    }
}
