import Synchronization

/// Whether all that stands in for something still does: one that is lost says nothing of the network any more.
final class StandInHealth: Sendable {
    private let loss = Mutex<String?>(nil)

    /// Why one is no longer there, the first that was lost; nil while all are.
    var lost: String? { loss.withLock { $0 } }

    func lose(_ words: String) {
        loss.withLock { $0 = $0 ?? words }
    }
}
