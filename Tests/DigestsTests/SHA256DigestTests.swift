import Digests
import Foundation
import TestSupport
import Testing

@Suite("SHA-256")
struct SHA256DigestTests {
    static let known: [(Int, String)] = [
        (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"),
        (56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"),
        (64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"),
        (1000, "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"),
    ]

    @Test("a digest is that of the standard, at every length of a last block", arguments: known)
    func standard(_ count: Int, _ expected: String) {
        let digest = SHA256Digest(of: [UInt8](repeating: UInt8(ascii: "a"), count: count))
        #expect(digest.description == expected)
        #expect(SHA256Digest(of: String(repeating: "a", count: count)) == digest)
        #expect(String(digest.words.0 >> 8 | 0xFF << 56, radix: 16).hasSuffix(String(expected.prefix(14))))
    }

    @Test("a file's digest is that of its bytes, through links, and of more than one piece")
    func files() throws {
        try ScratchDirectory.with { directory in
            let bytes = (0..<3_000_001).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try Data(bytes).write(to: URL(fileURLWithPath: "\(directory)/real"))
            try FileManager.default.createSymbolicLink(
                atPath: "\(directory)/link", withDestinationPath: "\(directory)/real")
            #expect(SHA256Digest(ofFile: "\(directory)/link") == SHA256Digest(of: bytes))
        }
    }

    @Test("what is no regular file has no digest", arguments: ["/nowhere/at/all", "/", "/dev/zero"])
    func noFile(path: String) {
        #expect(SHA256Digest(ofFile: path) == nil)
    }
}
