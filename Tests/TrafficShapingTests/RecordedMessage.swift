import Foundation
import Testing

@testable import Netlink

/// A message that `tc` or `ip` of Debian 12 sent to the kernel for a command line, as strace recorded it.
///
/// The link `v0` has the number 30, and `v1` 31.
struct RecordedMessage {
    /// The command line.
    let command: String
    /// The whole message.
    let bytes: [UInt8]

    init(_ name: String) throws {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/tc/\(name)", withExtension: "hex"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        command = String(try #require(lines.first).dropFirst(2))
        bytes = lines.dropFirst().flatMap { $0.split(separator: " ") }.compactMap { UInt8($0, radix: 16) }
    }

    /// Every recording there is.
    static var names: [String] {
        get throws {
            let directory = try #require(Bundle.module.url(forResource: "Fixtures/tc", withExtension: nil))
            return try FileManager.default.contentsOfDirectory(atPath: directory.path).map { String($0.dropLast(4)) }
                .sorted()
        }
    }

    var type: UInt16 { bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4, as: UInt16.self) } }
    var flags: UInt16 { bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 6, as: UInt16.self) } }
    /// What follows the header of every message.
    var body: [UInt8] { Array(bytes[16...]) }
}

/// The attributes of a message without their order, padding and flags, and without those that are all zeros, which say nothing.
enum Attributes: Equatable, CustomStringConvertible {
    case bytes([UInt8])
    case nested([Int: Attributes])

    /// Reads attributes; `nested` are the types that hold further ones, each with those within it.
    static func read(_ bytes: some Collection<UInt8>, nested: Nesting = Nesting()) -> Attributes {
        var found: [Int: Attributes] = [:]
        Array(bytes).withUnsafeBytes { raw in
            for attribute in AttributeReader(raw) {
                let content = Array(attribute.payload)
                if let inner = nested.inner[attribute.type] {
                    found[attribute.type] = read(content.dropFirst(inner.header), nested: inner)
                    if inner.header > 0 { found[-attribute.type] = .bytes(Array(content.prefix(inner.header))) }
                } else if content.contains(where: { $0 != 0 }) {
                    found[attribute.type] = .bytes(content)
                }
            }
        }
        return .nested(found)
    }

    /// Which attributes hold others, behind so many bytes of a structure.
    struct Nesting {
        var header = 0
        var inner: [Int: Nesting] = [:]
    }

    var description: String {
        switch self {
        case .bytes(let bytes): bytes.map { String($0, radix: 16) }.joined(separator: " ")
        case .nested(let inner):
            "{" + inner.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }

    /// Without an attribute that stands within another one.
    func without(_ types: Set<Int>, in outer: Int) -> Attributes {
        guard case .nested(var all) = self, case .nested(let inner)? = all[outer] else { return self }
        all[outer] = .nested(inner.filter { !types.contains($0.key) })
        return .nested(all)
    }
}
