import Contract
import LinuxHost
import Sockets

/// Closed loops over many connections at once, with one or several requests under way on each.
///
/// One thread for each processor that this process may use, and at most one for each connection; a thread keeps its
/// connections. What counts are the replies that came in the measured interval, so that the rate is not made smaller by the
/// requests that are under way at its end. Those are waited for, and count where no reply comes in time.
struct ConnectionsClient {
    private let context: LatencyContext
    private let connections: Int

    /// What a client opens beside its connections: a queue for each thread, its input and output, those of the runtime.
    private static let otherDescriptors = 128

    init(_ context: LatencyContext) {
        self.context = context
        connections = context.probe.connections ?? 1
    }

    /// Connects, warms up, measures, and returns what was measured.
    func run() throws(ProbeFailure) -> LatencyOutcome {
        let most = ProcessLimits.mostDescriptors()
        guard connections + Self.otherDescriptors <= most else {
            throw ProbeFailure(
                .system,
                "\(connections) connections need \(connections + Self.otherDescriptors) descriptors, and this process may have "
                    + "\(most); raise the limit: ulimit -n \(connections + Self.otherDescriptors)")
        }
        let threads = max(1, min(ProcessorAffinity.allowedCount, connections))
        let run = ConnectionsRun(context, threads: threads)
        for index in 1..<max(1, threads) {
            let part = part(index, of: threads)
            do throws(HostError) {
                try PlainThread.start { Self.measure(part, run) }
            } catch {
                run.fail(ProbeFailure(.system, error.description))
                run.leave(nil)
            }
        }
        Self.measure(part(0, of: threads), run)
        return try run.finish()
    }

    /// The numbers of the connections of one thread: parts that differ by one at most.
    private func part(_ index: Int, of threads: Int) -> Range<Int> {
        connections * index / threads..<connections * (index + 1) / threads
    }

    private static func measure(_ part: Range<Int>, _ run: ConnectionsRun) {
        do throws(ProbeFailure) {
            run.leave(try ConnectionLoop(part, run).measure())
        } catch {
            run.fail(error)
            run.leave(nil)
        }
    }
}
