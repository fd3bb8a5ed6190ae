import Glibc

/// The three pipes of a program, with their ends closed when nobody needs them any more.
final class ConfinedPipes {
    /// Both ends of one; -1 for one that is closed.
    struct Pipe {
        var reading: Int32 = -1
        var writing: Int32 = -1

        mutating func closeReading() {
            if reading >= 0 { close(reading) }
            reading = -1
        }

        mutating func closeWriting() {
            if writing >= 0 { close(writing) }
            writing = -1
        }
    }

    var input = Pipe()
    var output = Pipe()
    var error = Pipe()

    /// Makes all three, none of which waits on our side.
    init(for program: String) throws(HostError) {
        for path in [\ConfinedPipes.input, \.output, \.error] {
            var ends: [Int32] = [-1, -1]
            guard pipe(&ends) == 0 else {
                throw HostError(
                    operation: "start", object: program, errno: errno, hint: "See the limit of open files"
                )
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            self[keyPath: path] = Pipe(reading: ends[0], writing: ends[1])
        }
        for end in [input.writing, output.reading, error.reading] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    }

    deinit {
        closeTheirs()
        input.closeWriting()
        output.closeReading()
        error.closeReading()
    }

    /// Closes the ends that the program has.
    func closeTheirs() {
        input.closeReading()
        output.closeWriting()
        error.closeWriting()
    }
}
