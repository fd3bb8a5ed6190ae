import Contract
import LinuxHost
import Processes

/// Runs a measuring program for a probe until it ends, the stop is tripped, or the deadline comes.
struct ToolRunner: Sendable {
    let stop: ProbeStop
    /// On the monotonic clock, in nanoseconds.
    let deadline: UInt64
    /// Ends the program with this process.
    var tether = ToolTether(path: nil)

    private enum Event: Sendable {
        case ended(Result<ProcessOutput, ProcessError>)
        case stopped
        case companionEnded
    }

    /// The output of the finished program, or nil when it was stopped on request.
    ///
    /// The companion runs beside the program, and is cancelled when that ends; after a stop the program and its
    /// process group are ended before this returns.
    func run(
        _ command: Command,
        companion: @escaping @Sendable () async -> Void = {}
    ) async throws(ProbeFailure) -> ProcessOutput? {
        let limit = remaining
        let command = tether.tie(command)
        let result = await withTaskGroup(of: Event.self) { group in
            group.addTask {
                do throws(ProcessError) {
                    return .ended(.success(try await ProcessRunner.run(command, deadline: limit)))
                } catch {
                    return .ended(.failure(error))
                }
            }
            group.addTask {
                await stop.wait()
                return .stopped
            }
            group.addTask {
                await companion()
                return .companionEnded
            }
            var result: Result<ProcessOutput, ProcessError>?
            for await event in group {
                switch event {
                case .ended(let end):
                    result = end
                    group.cancelAll()
                case .stopped: group.cancelAll()
                case .companionEnded: break
                }
            }
            return result
        }
        switch result {
        case .success(let output): return output
        case .failure(let error): return try outcome(of: error)
        case nil: return nil
        }
    }

    private func outcome(of error: ProcessError) throws(ProbeFailure) -> ProcessOutput? {
        switch error {
        case .cancelled: return nil
        case .timedOut: throw ProbeFailure(.timedOut, error.description)
        case .notFound: throw ProbeFailure(.toolMissing, error.description)
        case .outputTooLarge: throw ProbeFailure(.rubbish, error.description)
        default: throw ProbeFailure(.toolFailed, error.description)
        }
    }

    /// What is left until the deadline, and a little more because the stop comes first.
    private var remaining: Duration {
        let now = Clock.monotonicNanoseconds()
        let left = deadline > now ? deadline - now : 0
        return .nanoseconds(Int64(clamping: left)) + GracePeriods.tool
    }
}
