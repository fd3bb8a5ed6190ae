import Glibc

/// Reads what `iptables-save -c` prints, line by line and without copying it.
enum IPTablesSave {
    typealias Text = Slice<UnsafeBufferPointer<UInt8>>

    /// One line that means something.
    enum Line {
        /// `*nat`
        case table(Text)
        /// `:KUBE-SERVICES - [0:0]`
        case chain(Text)
        /// `[12:720] -A KUBE-SERVICES -d …`: the counter of packets, the chain, and everything behind it.
        case rule(packets: UInt64, chain: Text, rest: Text)
    }

    /// Hands every table, chain and rule to the closure; throws for a line of another kind and for a listing cut short.
    static func read(
        _ bytes: [UInt8], from program: String, _ visit: (Line) -> Void
    ) throws(ServiceProxyError) {
        let trouble = bytes.withUnsafeBufferPointer { all -> String? in
            var position = all.startIndex
            var isOpen = false
            while position < all.endIndex {
                let end = all[position...].firstIndex(of: UInt8(ascii: "\n")) ?? all.endIndex
                let line = all[position..<end]
                position = end + 1
                guard let first = line.first, first != UInt8(ascii: "#") else { continue }
                if first == UInt8(ascii: "*") {
                    guard !isOpen else { return "a table begins inside another" }
                    isOpen = true
                    visit(.table(line.dropFirst()))
                } else if line.elementsEqual("COMMIT".utf8) {
                    guard isOpen else { return "COMMIT outside of a table" }
                    isOpen = false
                } else if isOpen, first == UInt8(ascii: ":") {
                    visit(.chain(word(line.dropFirst())))
                } else if isOpen, let rule = rule(line) {
                    visit(rule)
                } else {
                    return String(decoding: line.prefix(200), as: UTF8.self)
                }
            }
            return isOpen ? "a table without COMMIT at its end" : nil
        }
        guard let trouble else { return }
        throw ServiceProxyError(
            .rubbish, operation: "understand", object: program, cause: trouble,
            nextStep: "run it by hand; another version may print something new")
    }

    /// `[packets:bytes] -A CHAIN REST`, the counters only with `-c`.
    private static func rule(_ line: Text) -> Line? {
        var rest = line
        var packets: UInt64 = 0
        if rest.first == UInt8(ascii: "[") {
            rest = rest.dropFirst()
            guard let colon = rest.firstIndex(of: UInt8(ascii: ":")), let number = number(rest[..<colon]),
                let end = rest.firstIndex(of: UInt8(ascii: "]"))
            else { return nil }
            packets = number
            rest = rest[(end + 1)...].dropFirst()
        }
        guard rest.starts(with: "-A ".utf8) else { return nil }
        let chain = word(rest.dropFirst(3))
        return chain.isEmpty ? nil : .rule(packets: packets, chain: chain, rest: rest[chain.endIndex...].dropFirst())
    }

    private static func word(_ text: Text) -> Text {
        text[..<(text.firstIndex(of: UInt8(ascii: " ")) ?? text.endIndex)]
    }

    private static func number(_ text: Text) -> UInt64? {
        // 19 digits always fit into 64 bits.
        guard !text.isEmpty, text.count < 20 else { return nil }
        var number: UInt64 = 0
        for digit in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + UInt64(digit - UInt8(ascii: "0"))
        }
        return number
    }

    /// What a rule hands its packets to: the word behind ` -j ` or ` -g `, outside of quoted comments.
    static func target(of rest: Text) -> Text? {
        // The target stands near the end, behind all matches, and comments are quoted when they hold a blank.
        var isQuoted = false
        var position = rest.startIndex
        while position < rest.endIndex {
            let byte = rest[position]
            if byte == UInt8(ascii: "\\") {
                position += 1
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == UInt8(ascii: "-"), position + 2 < rest.endIndex,
                rest[position + 1] == UInt8(ascii: "j") || rest[position + 1] == UInt8(ascii: "g"),
                rest[position + 2] == UInt8(ascii: " "),
                position == rest.startIndex || rest[position - 1] == UInt8(ascii: " ")
            {
                return word(rest[(position + 3)...])
            }
            position += 1
        }
        return nil
    }
}
