import Subprocess

/// Reads lines from one output stream, each as soon as its line feed arrives.
///
/// It pulls: while nobody asks for a line nothing is read, so a talkative program is held back by its full pipe.
actor LineReader {
    enum Outcome: Sendable {
        case line(String)
        case unfinishedLine(String)
        case end
        case tooLong
        case failed(String)
    }

    private var iterator: SubprocessOutputSequence.Iterator
    private var buffer = LineBuffer()
    private var isReading = false
    private let limit: Int

    init(_ stream: SubprocessOutputSequence, limit: Int) {
        iterator = stream.makeAsyncIterator()
        self.limit = limit
    }

    /// Takes the next line; at the end of the stream what is left after the last line feed is an unfinished line.
    ///
    /// A cancelled call reports `.end` and loses nothing: a later call goes on where it stopped.
    func next() async -> Outcome {
        guard !isReading else { return .failed("two tasks asked for a line at the same time") }
        isReading = true
        defer { isReading = false }
        while true {
            if let line = buffer.next() { return .line(line) }
            // Only what still waits for its line feed is held to the limit.
            guard buffer.count <= limit else { return .tooLong }
            do {
                // The iterator is copied because an actor's own property cannot be mutated across a suspension; it
                // holds no bytes between two calls.
                var copy = iterator
                let bytes = try await copy.next(isolation: self)
                iterator = copy
                if let bytes {
                    buffer.append(bytes.withUnsafeBytes { Array($0) })
                } else if Task.isCancelled {
                    return .end
                } else {
                    return buffer.rest().map { .unfinishedLine($0) } ?? .end
                }
            } catch {
                return .failed("\(error)")
            }
        }
    }

    /// Reads and forgets the rest, so that the program is not held back by a full pipe while it ends.
    func discardRest() async {
        guard !isReading else { return }
        isReading = true
        defer { isReading = false }
        var copy = iterator
        while (try? await copy.next(isolation: self)) != nil {}
    }
}
