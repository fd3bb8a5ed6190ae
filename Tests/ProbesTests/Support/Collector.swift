import Contract
import Synchronization

@testable import Probes

/// Keeps the events of a probe.
final class Collector: ProbeOutput {
    private let state = Mutex<[ProbeEvent]>([])

    func emit(_ event: ProbeEvent) { state.withLock { $0.append(event) } }

    var events: [ProbeEvent] { state.withLock { $0 } }

    var port: UInt16? {
        for case .ready(let port, _, _) in events { return port }
        return nil
    }

    var failure: String? {
        for case .failure(let code, _) in events { return code }
        return nil
    }

    var message: String {
        for case .failure(_, let message) in events { return message }
        return ""
    }

    func value(_ metric: String) -> Double? {
        for case .sample(let sample) in events where sample.metric == metric && !sample.censored { return sample.value }
        return nil
    }

    func censored(_ metric: String) -> [Double] {
        events.compactMap { event in
            if case .sample(let sample) = event, sample.metric == metric, sample.censored { sample.value } else { nil }
        }
    }

    /// Waits until a server listens; nil when it ended before.
    func waitForPort() async -> UInt16? {
        for _ in 0..<2_000 {
            if let port { return port }
            if events.contains(.done) { return nil }
            try? await Task.sleep(for: .milliseconds(2))
        }
        return nil
    }
}
