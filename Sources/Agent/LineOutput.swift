import Contract
import LinuxHost
import Probes
import Synchronization

/// Writes events as JSON lines, each with a write(2) of its own: nothing waits in a buffer.
final class LineOutput: ProbeOutput {
    private let descriptor: Int32
    private let stop: ProbeStop
    private let failed = Mutex(false)

    init(descriptor: Int32, stop: ProbeStop) {
        self.descriptor = descriptor
        self.stop = stop
    }

    /// Whether a failure was among the events.
    var hasFailed: Bool { failed.withLock { $0 } }

    func emit(_ event: ProbeEvent) {
        let bytes = Array("\(event.line())\n".utf8)
        // The lock also keeps lines of two threads apart.
        let isWritten = failed.withLock { failed in
            if case .failure = event { failed = true }
            return (try? OutputDescriptor.write(bytes, to: descriptor, called: "standard output")) != nil
        }
        // Nobody reads any more, so there is nothing left to measure for.
        if !isWritten { stop.trip() }
    }
}
