/// The sets in a listing of `ipset save`; pure.
enum IPSetListing {
    /// Sets, and the elements of those whose elements do not come and go by themselves.
    static func things(in listing: String) -> Set<String> {
        var passing: Set<Substring> = []
        var things: Set<String> = []
        for line in listing.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 2 else { continue }
            switch words[0] {
            case "create":
                things.insert("set \(words[1]) of type \(words[2]) (ipset)")
                if words.contains("timeout") { passing.insert(words[1]) }
            case "add" where !passing.contains(words[1]):
                things.insert("element \(words[2]) of set \(words[1]) (ipset)")
            default: continue
            }
        }
        return things
    }
}
