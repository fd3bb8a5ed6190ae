import Synchronization

/// The first message of many.
final class KeptMessage: Sendable {
    private let state = Mutex<[UInt8]?>(nil)

    /// The first message that it was given.
    func first(_ message: [UInt8]) -> [UInt8] {
        state.withLock { kept in
            kept = kept ?? message
            return kept ?? message
        }
    }
}
