import Foundation

/// The records of attachments: one JSON file each, written before the first plugin runs and removed after the last.
struct AttachmentCache: Sendable {
    let directory: String

    func read(_ list: NetworkConfigurationList, _ attachment: Attachment) throws(CNIError) -> CachedAttachment? {
        let path = path(list.name, attachment)
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try read(path: path, network: list.name)
    }

    func write(_ record: CachedAttachment) throws(CNIError) {
        let path = path(record.list.name, record.attachment)
        do {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(record).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw failure(record.list.name, "write", path, error)
        }
    }

    func remove(_ list: NetworkConfigurationList, _ attachment: Attachment) throws(CNIError) {
        let path = path(list.name, attachment)
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw failure(list.name, "remove", path, error)
        }
    }

    func all() throws(CNIError) -> [CachedAttachment] {
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: directory)
        } catch {
            throw failure("cache", "list", directory, error)
        }
        var records: [CachedAttachment] = []
        for name in names.sorted() where name.hasSuffix(".json") {
            records.append(try read(path: "\(directory)/\(name)", network: "cache"))
        }
        return records
    }

    /// A colon is allowed in none of the three names, so two attachments cannot share a file.
    private func path(_ network: String, _ attachment: Attachment) -> String {
        "\(directory)/\(network):\(attachment.containerID):\(attachment.interfaceName).json"
    }

    private func read(path: String, network: String) throws(CNIError) -> CachedAttachment {
        do {
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            return try JSONDecoder().decode(CachedAttachment.self, from: data)
        } catch {
            throw failure(network, "read", path, error)
        }
    }

    private func failure(_ network: String, _ verb: String, _ path: String, _ error: any Error) -> CNIError {
        CNIError(
            plugin: network,
            command: nil,
            kind: .cacheFailed,
            msg: "cannot \(verb) the record \(path)",
            details: "\(error)"
        )
    }
}
