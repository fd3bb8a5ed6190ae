import Fuzzing

/// What the program was asked for.
struct Arguments {
    /// Words that ask for nothing that there is.
    struct Wrong: Error, CustomStringConvertible {
        let description: String
    }

    /// An entrance's name, or `all`.
    var entrance = ""
    var inputs = 10_000
    var seed: UInt64 = 1
    var corpus = "Tests/FuzzingTests/Corpus"
    var findings = ".build/fuzz"
    /// No input is begun after so many seconds.
    var seconds = 86_400
    /// An input that takes so many seconds by the wall clock hangs; a machine under load makes others slow, too.
    var hang = 60
    /// A file with one input to be tried in this process.
    var replay: String?
    /// Of a worker: the flight recorder's file, and the number of its first input.
    var recorder: String?
    var first = 0

    static let usage = """
        usage: fuzz ENTRANCE|all [--inputs N] [--seed N] [--seconds N] [--corpus DIRECTORY] [--findings DIRECTORY] [--hang N]
               fuzz ENTRANCE --replay FILE
        entrances: \(Entrances.names.joined(separator: ", "))
        """

    init(_ words: [String]) throws {
        var rest = words[...]
        while let word = rest.popFirst() {
            switch word {
            case "--inputs": inputs = try Self.number(word, &rest)
            case "--seed": seed = try Self.number(word, &rest)
            case "--seconds": seconds = try Self.number(word, &rest)
            case "--hang": hang = try Self.number(word, &rest)
            case "--first": first = try Self.number(word, &rest)
            case "--corpus": corpus = try Self.text(word, &rest)
            case "--findings": findings = try Self.text(word, &rest)
            case "--replay": replay = try Self.text(word, &rest)
            case "--recorder": recorder = try Self.text(word, &rest)
            default:
                guard entrance.isEmpty, !word.hasPrefix("-") else { throw Wrong(description: Self.usage) }
                entrance = word
            }
        }
        guard try entrance == "all" || Entrances.make(entrance) != nil else { throw Wrong(description: Self.usage) }
        guard replay == nil, let name = names.first(where: { Corpus(of: $0, below: corpus).entries.isEmpty }) else {
            return
        }
        // Without recorded inputs to change, next to none come past the first check of an entrance.
        throw Wrong(
            description: "\(corpus) has no inputs for \(name): start it in the checkout, or give --corpus DIRECTORY")
    }

    /// The entrances that are tried.
    var names: [String] { entrance == "all" ? Entrances.names : [entrance] }

    /// The words for a worker that goes on at an input.
    func words(for entrance: String, recorder: String, from first: Int) -> [String] {
        [
            entrance, "--inputs", "\(inputs)", "--seed", "\(seed)", "--seconds", "\(seconds)", "--corpus", corpus,
            "--findings", findings, "--recorder", recorder, "--first", "\(first)",
        ]
    }

    private static func text(_ option: String, _ rest: inout ArraySlice<String>) throws -> String {
        guard let value = rest.popFirst() else { throw Wrong(description: "\(option): a value is missing\n\(usage)") }
        return value
    }

    private static func number<Number: FixedWidthInteger>(
        _ option: String, _ rest: inout ArraySlice<String>
    ) throws -> Number {
        let text = try text(option, &rest)
        guard let number = Number(text), number >= 0 else {
            throw Wrong(description: "\(option): expected a whole number, found \"\(text)\"\n\(usage)")
        }
        return number
    }
}
