import Foundation
import LinuxHost

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
            try PrivateDirectory.make(directory)
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
        var records: [CachedAttachment] = []
        for path in try paths() { records.append(try read(path: path, network: "cache")) }
        return records
    }

    /// The records that can be read; others are passed over.
    func readable() -> [CachedAttachment] {
        let paths = (try? paths()) ?? []
        return paths.compactMap { try? read(path: $0, network: "cache") }
    }

    private func paths() throws(CNIError) -> [String] {
        guard FileManager.default.fileExists(atPath: directory) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(".json") }
                .sorted().map { "\(directory)/\($0)" }
        } catch {
            throw failure("cache", "list", directory, error)
        }
    }

    /// A list and a result, both of which come from people and plugins; in bytes.
    private static let largestRecord = 16 * 1024 * 1024

    /// A colon is allowed in none of the three names, so two attachments cannot share a file.
    private func path(_ network: String, _ attachment: Attachment) -> String {
        "\(directory)/\(network):\(attachment.containerID):\(attachment.interfaceName).json"
    }

    private func read(path: String, network: String) throws(CNIError) -> CachedAttachment {
        do {
            // Plugins of root's could put something else there, and reading a pipe would wait for ever.
            guard let bytes = RegularFile.read(path, limit: Self.largestRecord) else {
                throw CNIError(plugin: network, command: nil, kind: .cacheFailed, msg: "it is no regular file")
            }
            return try JSONDecoder().decode(CachedAttachment.self, from: Data(bytes))
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
