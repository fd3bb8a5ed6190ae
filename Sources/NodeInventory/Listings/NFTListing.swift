/// What somebody made in a listing of `nft -s list ruleset`; pure.
///
/// The listing is a tree of braces, one opening or closing at the end of a line each: tables, in them chains, sets and
/// other objects, in them what they hold.
enum NFTListing {
    /// Rules, chains, sets with their elements, objects and tables, each with where it stands.
    ///
    /// Tables with the names of iptables' own, and their built-in chains that accept, are nobody's: they come into
    /// being when iptables merely looks at them.
    ///
    /// - Parameter withBuiltIn: whether what stands in such tables is listed, or iptables' own listings tell it.
    static func things(in listing: String, withBuiltIn: Bool = true) -> Set<String> {
        var counted = CountedThings()
        var table: Table?
        var block: Block?
        for line in listing.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).map(String.init)
            guard let first = words.first, !first.hasPrefix("#") else { continue }
            if let open = block {
                if words == ["}"], !open.isInElements {
                    if !open.table.isSkipped { finish(open, &counted) }
                    block = nil
                } else {
                    block?.take(words)
                }
            } else if let current = table {
                if words == ["}"] {
                    table = nil
                } else if words.last == "{" {
                    block = Block(words: Array(words.dropLast()), table: current)
                } else if first != "comment", !current.isSkipped {
                    counted.add("\(words.joined(separator: " ")) of table \(current.name)")
                }
            } else if first == "table", words.count > 2 {
                let isToldElsewhere = !withBuiltIn && ["ip", "ip6"].contains(words[1]) && isBuiltIn(words)
                let new = Table(
                    name: "\(words[1]) \(words[2])", isBuiltIn: isBuiltIn(words), isSkipped: isToldElsewhere)
                if words.last == "{" { table = new }
                if !new.isBuiltIn { counted.add("table \(new.name)") }
            }
        }
        return counted.things
    }

    private static let builtInTables: Set<String> = ["raw", "mangle", "nat", "filter", "security"]
    private static let builtInChains: Set<String> = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"]

    private static func isBuiltIn(_ words: [String]) -> Bool {
        ["ip", "ip6", "arp", "bridge"].contains(words[1]) && builtInTables.contains(words[2])
    }

    private struct Table {
        let name: String
        let isBuiltIn: Bool
        /// Whether another tool tells what is in it.
        let isSkipped: Bool
    }

    /// A chain, a set, a map or another object that is being read.
    private struct Block {
        let words: [String]
        let table: Table
        var lines: [[String]] = []
        var isInElements = false

        var name: String { words.joined(separator: " ") }

        mutating func take(_ words: [String]) {
            if words.starts(with: ["elements", "="]) { isInElements = true }
            lines.append(words)
            if isInElements, words.last == "}" { isInElements = false }
        }
    }

    private static func finish(_ block: Block, _ counted: inout CountedThings) {
        let place = "of table \(block.table.name)"
        switch block.words.first {
        case "chain": chain(block, place, &counted)
        case "set", "map":
            counted.add("\(block.name) \(place)")
            for element in elements(of: block) { counted.add("element \(element) of \(block.name) \(place)") }
        default: counted.add("\(block.name) \(place)")
        }
    }

    private static func chain(_ block: Block, _ place: String, _ counted: inout CountedThings) {
        let name = block.words.dropFirst().joined(separator: " ")
        let hooks = block.lines.filter { $0.first == "type" && $0.contains("hook") }
        let isBuiltIn = block.table.isBuiltIn && builtInChains.contains(name) && !hooks.isEmpty
        if !isBuiltIn { counted.add("chain \(name) \(place)") }
        for line in block.lines {
            let text = line.joined(separator: " ")
            if hooks.contains(line) {
                if isBuiltIn, text.hasSuffix("policy accept;") { continue }
                counted.add("hook \(text) of chain \(name) \(place)")
            } else {
                counted.add("rule \(text) of chain \(name) \(place)")
            }
        }
    }

    /// The elements of a set, unless packets add them by themselves.
    private static func elements(of block: Block) -> [String] {
        let flags = block.lines.first { $0.first == "flags" } ?? []
        guard !flags.contains(where: { $0.contains("dynamic") || $0.contains("timeout") }) else { return [] }
        guard let start = block.lines.firstIndex(where: { $0.starts(with: ["elements", "="]) }) else { return [] }
        let text = block.lines[start...].flatMap(\.self).dropFirst(2).joined(separator: " ")
        return text.split(separator: ",").map { element in
            String(element.drop { "{ ".contains($0) }.reversed().drop { "} ".contains($0) }.reversed())
        }.filter { !$0.isEmpty }
    }
}
