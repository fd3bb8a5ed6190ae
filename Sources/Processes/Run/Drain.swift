import Subprocess

/// Reads one output stream of a process to its end.
enum Drain {
    struct Result: Sendable {
        var bytes: [UInt8] = []
        var isOverLimit = false
        var failure: String?
    }

    /// Reads until the end of the stream, an error, or more than `limit` bytes.
    static func read(_ stream: SubprocessOutputSequence, limit: Int) async -> Result {
        var result = Result()
        do {
            for try await buffer in stream {
                buffer.withUnsafeBytes { result.bytes.append(contentsOf: $0) }
                if result.bytes.count > limit {
                    result.isOverLimit = true
                    // Nobody wants a part of the output, and it may be large.
                    result.bytes = []
                    break
                }
            }
        } catch {
            result.failure = "\(error)"
        }
        return result
    }
}
