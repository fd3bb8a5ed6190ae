import Glibc
import Processes

/// What was asked for on the command line.
struct Options: Sendable {
    var topics: [Topic] = []
    /// How many times everything is measured, where that was asked for.
    var asked: Int?
    /// How many times everything is measured; 10 is what published ratios need at least.
    var blocks: Int { asked ?? 10 }
    /// What the random order is drawn from.
    var seed: UInt64 = 1
    /// The program that is measured.
    var program: String
    /// The C loops that it is measured against.
    var floor: String
    /// Where drills keep what was counted in them, if anywhere.
    var keep: String?
    /// Where drills that were kept are judged again.
    var replay: String?
    /// Whether it runs on an emulated processor.
    var isSlow = false

    static let usage = """
        usage: benchmarks [round-trip] [connections] [packets] [namespaces] [proxies] [ipvs] [shaping] [detector]
                          [drills] [netem-drills] [store] [report] [--blocks N] [--seed N] [--program PATH]

        Without a topic: all of them. Progress goes to standard error, tables go to standard output.

        drills and netem-drills make every fault 20 times, or --blocks times: about 32 and 14 minutes; with --blocks 2
        about 4 and 2. --keep DIR keeps what was counted, and --replay DIR judges that again without a network; --slow is the
        pace of an emulated processor, a quarter of the usual one.
        """

    init(arguments: [String]) throws {
        program = try Self.beside("netmachinery")
        floor = try Self.beside("benchmark-floor")
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--blocks": asked = try Self.number(rest.popFirst(), for: argument, in: 1...1_000)
            case "--seed": seed = UInt64(try Self.number(rest.popFirst(), for: argument, in: 0...Int.max))
            case "--keep": keep = try Self.value(rest.popFirst(), for: argument)
            case "--replay": replay = try Self.value(rest.popFirst(), for: argument)
            case "--slow": isSlow = true
            case "--program": program = try Self.value(rest.popFirst(), for: argument)
            default:
                guard let topic = Topic(rawValue: argument) else {
                    throw BenchmarkError("\"\(argument)\" is neither a topic nor an option")
                }
                if !topics.contains(topic) { topics.append(topic) }
            }
        }
        if topics.isEmpty { topics = Topic.allCases }
        let needed = topics.contains(where: \.comparesLoops) ? [program, floor] : []
        for needed in needed where Programs.find(needed) == nil {
            throw BenchmarkError("there is no program \(needed); build it with `make benchmark`")
        }
    }

    private static func value(_ text: String?, for option: String) throws -> String {
        guard let text else { throw BenchmarkError("\(option) needs a value") }
        return text
    }

    private static func number(_ text: String?, for option: String, in range: ClosedRange<Int>) throws -> Int {
        let text = try value(text, for: option)
        guard let number = Int(text), range.contains(number) else {
            throw BenchmarkError(
                "\(option): expected a whole number from \(range.lowerBound) to \(range.upperBound), found \"\(text)\""
            )
        }
        return number
    }

    /// The path of a program that is built into the same directory as this one.
    private static func beside(_ name: String) throws -> String {
        let own = try own()
        return own.prefix(through: own.lastIndex(of: "/") ?? own.startIndex) + name
    }

    /// The path of this program, by proc(5), /proc/self/exe.
    static func own() throws -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &buffer, buffer.count)
        guard length > 0 else {
            throw BenchmarkError("this program cannot find itself; see that /proc is mounted")
        }
        return String(decoding: buffer[..<length], as: UTF8.self)
    }
}
