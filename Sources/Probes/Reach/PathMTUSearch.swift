/// Which size is tried next when the largest that passes is looked for; pure.
///
/// The whole link's size comes first, since it mostly passes; then what a host on the way says would; then the middle.
struct PathMTUSearch: Equatable {
    /// The largest size that is known to pass.
    private(set) var passed: Int?
    /// The smallest that is known not to.
    private var failed: Int
    private let smallest: Int
    private let largest: Int
    private var hint: Int?
    /// How often what a host says is tried: one that lies would have every size tried.
    private var hintsLeft = 4
    private var silences = 0
    private var isFirst = true

    /// Sizes that are lost twice do not pass; one may be lost by chance.
    private static let patience = 2

    init(smallest: Int, largest: Int) {
        self.smallest = smallest
        self.largest = largest
        failed = largest + 1
    }

    /// The size to try; nil when it is known, or nothing passes.
    var next: Int? {
        if let passed, passed + 1 >= failed { return nil }
        if passed == nil, failed <= smallest { return nil }
        let low = passed.map { $0 + 1 } ?? smallest
        if isFirst { return largest }
        if let hint, (low..<failed).contains(hint) { return hint }
        // Before anything has passed, the smallest says whether anything does.
        return passed == nil ? smallest : low + (failed - low) / 2
    }

    /// The size that was tried came back.
    mutating func passes() {
        guard let size = next else { return }
        (passed, silences, isFirst) = (max(passed ?? 0, size), 0, false)
    }

    /// Somebody said that the size that was tried is too large, and what would pass.
    mutating func tooLarge(hint: Int?) {
        guard let size = next else { return }
        fail(size)
        self.hint = hintsLeft > 0 ? hint : nil
        hintsLeft -= 1
    }

    /// Nothing came in time.
    mutating func silence() {
        silences += 1
        guard silences >= Self.patience, let size = next else { return }
        fail(size)
    }

    private mutating func fail(_ size: Int) {
        (failed, silences, isFirst) = (min(failed, size), 0, false)
    }
}
