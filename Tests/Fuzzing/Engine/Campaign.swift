import Glibc
import Statistics

/// Tries many inputs at one entrance: first its corpus, then changed copies, the same ones for the same seed.
public struct Campaign: Sendable {
    /// Processor time that one input may take.
    public static let patience = 1_000_000_000 as Int64

    private let entrance: any Entrance
    private let corpus: [[UInt8]]
    private let seed: UInt64
    /// After so many findings nothing new is to be expected.
    private static let mostFindings = 20
    /// Inputs beside the corpus that are kept to be changed further.
    private static let mostLearned = 2_000

    /// A campaign from a corpus, or from an empty input.
    public init(_ entrance: any Entrance, corpus: [[UInt8]], seed: UInt64) {
        self.entrance = entrance
        self.corpus = corpus.isEmpty ? [[]] : corpus
        self.seed = seed
    }

    /// Tries inputs with these numbers for as long as it may go on; each finding is handed over at once.
    @discardableResult
    public func run(
        _ numbers: Range<Int>, recorder: FlightRecorder? = nil, mayGoOn: () -> Bool = { true },
        found: (Finding) -> Void
    ) -> Tally {
        var tally = recorder?.tally ?? Tally()
        // What is understood leads further than what is refused at once, and is changed three times of four.
        var understood = corpus
        var refused = corpus
        var kinds: Set<UInt64> = []
        var properties: [String: Int] = [:]
        for number in numbers {
            if number.isMultiple(of: 256), !mayGoOn() { break }
            var generator = SeededGenerator(seed: seed &+ UInt64(number))
            var mutator = Mutator(words: entrance.words, seed: generator.next())
            let start = generator.index(below: 4) > 0 ? understood : refused
            let input = number < corpus.count ? corpus[number] : mutator.mutation(of: start)
            recorder?.begin(number, input)
            let (result, time) = attempt(input)
            tally.inputs += 1
            tally.slowest = max(tally.slowest, time)
            switch result {
            case .success(let answer):
                let isUnderstood = answer.isAcceptance
                if isUnderstood { tally.accepted += 1 }
                guard kinds.insert(answer.kind).inserted else { break }
                tally.kinds = max(tally.kinds, kinds.count)
                // What was answered in a new way is a better start than one of the corpus changed twice.
                guard input.count <= Mutator.usual, kinds.count < Self.mostLearned else { break }
                if isUnderstood { understood.append(input) } else { refused.append(input) }
            case .failure(let violation):
                properties[violation.property, default: 0] += 1
                // The first few of a kind show it; after that, others are wanted.
                guard properties[violation.property, default: 0] <= 2 else { break }
                tally.findings += 1
                found(Finding(entrance: entrance.name, violation: violation, input: reduced(input, violation)))
            }
            recorder?.tally = tally
            if tally.findings >= Self.mostFindings { break }
        }
        return tally
    }

    /// Tries one input, with the time that it took of the processor.
    public func attempt(_ input: [UInt8]) -> (Result<Answer, Violation>, nanoseconds: Int64) {
        let start = Self.processorTime()
        let result: Result<Answer, Violation>
        do throws(Violation) {
            result = .success(try entrance.take(input))
        } catch {
            result = .failure(error)
        }
        let time = Self.processorTime() - start
        guard time > Self.patience, case .success = result else { return (result, time) }
        let words = "\(input.count) bytes took \(time / 1_000_000) ms of a processor"
        return (.failure(Violation("an answer comes within a second", words)), time)
    }

    /// The same violation with less: pieces are left out, large ones first, as long as it stays.
    private func reduced(_ input: [UInt8], _ violation: Violation) -> [UInt8] {
        var smallest = input
        var timeLeft = 5 * Self.patience
        var size = input.count / 2
        while size > 0, timeLeft > 0 {
            var start = 0
            while start < smallest.count, timeLeft > 0 {
                var candidate = smallest
                candidate.removeSubrange(start..<min(start + size, candidate.count))
                let (result, time) = attempt(candidate)
                timeLeft -= time
                if case .failure(let other) = result, other.property == violation.property {
                    smallest = candidate
                } else {
                    start += size
                }
            }
            size /= 2
        }
        return smallest
    }

    private static func processorTime() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
