import CLinux

extension NetworkNamespace {
    /// Runs a piece of code inside the namespace and waits for it.
    ///
    /// It runs on a fresh thread that is joined and never used again. The body is for system calls and C functions: it
    /// must not touch Dispatch, `Task` or asynchronous Foundation, because threads that those make would stay in this
    /// namespace. Signals are blocked on the thread, and a program that the body starts inherits that unless it says
    /// otherwise.
    public borrowing func run<R: Sendable>(
        _ body: @escaping @Sendable () throws(HostError) -> R
    ) throws(HostError) -> R {
        try run(failure: { $0 }, body)
    }

    /// Runs a piece of code that has an error type of its own; `failure` turns into it what goes wrong on the way in.
    public borrowing func run<R: Sendable, E: Error>(
        failure: (HostError) -> E,
        _ body: @escaping @Sendable () throws(E) -> R
    ) throws(E) -> R {
        let visit = Visit(body)
        let code = nm_namespace_run(
            descriptor,
            { context in
                guard let context else { return }
                Unmanaged<VisitBody>.fromOpaque(context).takeUnretainedValue().run()
            },
            Unmanaged<VisitBody>.passUnretained(visit).toOpaque()
        )
        guard code == 0, let outcome = visit.outcome else {
            throw failure(
                HostError(
                    operation: "enter network namespace", object: "\(inode)", errno: code,
                    hint: "Run as root, or with the capability CAP_SYS_ADMIN"
                )
            )
        }
        return try outcome.get()
    }
}

/// What the C side can call without knowing the types of result and error.
private class VisitBody {
    func run() {}
}

/// One visit: written by the visiting thread only, read after that thread was joined.
private final class Visit<R: Sendable, E: Error>: VisitBody {
    private let body: @Sendable () throws(E) -> R
    private(set) var outcome: Result<R, E>?

    init(_ body: @escaping @Sendable () throws(E) -> R) {
        self.body = body
    }

    override func run() {
        do throws(E) {
            outcome = .success(try body())
        } catch {
            outcome = .failure(error)
        }
    }
}
