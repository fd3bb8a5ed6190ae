/// Does the same for many things, so many at a time.
enum Workers {
    /// Results in the order of the items; the first failure ends the rest.
    static func each<Item: Sendable, Value: Sendable>(
        _ items: [Item],
        atATime concurrency: Int,
        _ body: @escaping @Sendable (Item) async throws(ProbeFailure) -> Value
    ) async throws(ProbeFailure) -> [Value] {
        let result = await withTaskGroup(
            of: (Int, Result<Value, ProbeFailure>).self,
            returning: Result<[Value], ProbeFailure>.self
        ) { group in
            var next = 0
            func start() {
                guard next < items.count else { return }
                let (index, item) = (next, items[next])
                next += 1
                group.addTask {
                    do throws(ProbeFailure) {
                        return (index, .success(try await body(item)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for _ in 0..<min(concurrency, items.count) { start() }
            var values = [Value?](repeating: nil, count: items.count)
            var failure: ProbeFailure?
            for await (index, result) in group {
                switch result {
                case .success(let value): values[index] = value
                case .failure(let error):
                    if failure == nil { group.cancelAll() }
                    failure = failure ?? error
                }
                if failure == nil { start() }
            }
            if let failure { return .failure(failure) }
            return .success(values.compactMap(\.self))
        }
        return try result.get()
    }
}
