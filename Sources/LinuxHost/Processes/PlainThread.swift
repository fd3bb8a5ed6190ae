import Glibc

/// A pthread of its own for what waits, so that it does not sit on the pool of tasks.
public enum PlainThread {
    private final class Body {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) {
            self.run = run
        }
    }

    /// Starts a detached thread; throws when the kernel gives none.
    public static func start(_ body: @escaping @Sendable () -> Void) throws(HostError) {
        var attributes = pthread_attr_t()
        var code = pthread_attr_init(&attributes)
        guard code == 0 else { throw refusal(code) }
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // The usual 8 MiB would be reserved for each of many threads, of which none calls deeply.
        pthread_attr_setstacksize(&attributes, 512 * 1024)
        let box = Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        code = pthread_create(
            &thread,
            &attributes,
            { argument in
                if let argument { Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            },
            box.toOpaque()
        )
        guard code == 0 else {
            box.release()
            throw refusal(code)
        }
    }

    /// Runs the body on a fresh thread and waits for it in a task; `failure` makes its error of a thread that is not to
    /// be had.
    public static func run<Value: Sendable, Failure: Error>(
        failure: (HostError) -> Failure, _ body: @escaping @Sendable () throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let started = await withCheckedContinuation { (end: CheckedContinuation<Started<Value, Failure>, Never>) in
            do throws(HostError) {
                try start {
                    do throws(Failure) {
                        end.resume(returning: .ended(.success(try body())))
                    } catch {
                        end.resume(returning: .ended(.failure(error)))
                    }
                }
            } catch {
                end.resume(returning: .refused(error))
            }
        }
        switch started {
        case .ended(let result): return try result.get()
        case .refused(let error): throw failure(error)
        }
    }

    private enum Started<Value: Sendable, Failure: Error>: Sendable {
        case ended(Result<Value, Failure>)
        case refused(HostError)
    }

    private static func refusal(_ code: Int32) -> HostError {
        HostError(operation: "start", object: "a thread", errno: code, hint: "See the limit of processes (ulimit -u)")
    }
}
