import Foundation
import Testing

@testable import KernelGuest

@Suite("files without a name")
struct NamelessFileTests {
    private static func target(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }

    @Test("a file holds its bytes, has no name, and takes its descriptor along when it goes")
    func life() throws {
        let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        let (path, target) = try {
            let file = try NamelessFile(bytes)
            return try withExtendedLifetime(file) {
                #expect(FileManager.default.contents(atPath: file.path) == bytes)
                return (file.path, try #require(Self.target(file.path)))
            }
        }()
        #expect(target.hasSuffix(" (deleted)"))
        // The number may be another file's by now, but no other file had that name.
        #expect(Self.target(path) != target)
    }
}
