import Foundation

/// A directory of a test's own that is gone after it.
public enum ScratchDirectory {
    /// Makes a directory, hands its path to the body, and removes it with everything in it however the body ends.
    public static func with<R>(_ purpose: String = "scratch", _ body: (String) throws -> R) throws -> R {
        let path = try make(purpose)
        defer { remove(path) }
        return try body(path)
    }

    /// Makes a directory, hands its path to the body, and removes it with everything in it however the body ends.
    public static func with<R>(
        _ purpose: String = "scratch", isolation: isolated (any Actor)? = #isolation,
        _ body: (String) async throws -> R
    ) async throws -> R {
        let path = try make(purpose)
        defer { remove(path) }
        return try await body(path)
    }

    private static func make(_ purpose: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UniqueName.make(purpose)).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}
