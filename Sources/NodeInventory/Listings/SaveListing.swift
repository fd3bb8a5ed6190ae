/// What somebody made of the tables in a listing of `iptables-save`; pure.
enum SaveListing {
    /// Rules, chains that are not built in, and policies of those that are, unless they accept.
    ///
    /// Tables and their built-in chains come into being when a tool merely looks at them, and are nobody's. The same
    /// rule can stand in a listing more than once; each time after the first is numbered.
    static func things(in listing: String) -> Set<String> {
        var table = ""
        var counted = CountedThings()
        for line in listing.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            switch line.first {
            case "*": table = String(line.dropFirst())
            case ":":
                guard words.count > 1 else { continue }
                let chain = words[0].dropFirst()
                if words[1] == "-" {
                    counted.add("chain \(chain) of table \(table)")
                } else if words[1] != "ACCEPT" {
                    counted.add("policy \(words[1]) of chain \(chain) of table \(table)")
                }
            case "-": counted.add("rule of table \(table): \(words.joined(separator: " "))")
            // With counters in front, as somebody may have asked for by a wrapper.
            case "[":
                guard words.count > 1 else { continue }
                counted.add("rule of table \(table): \(words.dropFirst().joined(separator: " "))")
            default: continue
            }
        }
        return counted.things
    }
}
