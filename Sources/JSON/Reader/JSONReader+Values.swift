extension JSONReader {
    /// Reads an object; the closure reads or skips the value of each member.
    public mutating func object(
        _ member: (inout JSONReader, String) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(UInt8(ascii: "{"), "an object")
        let scope = names.open()
        var hasMore = try hasFirst(before: UInt8(ascii: "}"))
        while hasMore {
            let name = try memberName(in: scope).text(in: bytes)
            try member(&self, name)
            hasMore = try hasNext(before: UInt8(ascii: "}"))
        }
        names.close(scope)
    }

    /// Reads an array; the closure reads or skips each element.
    public mutating func array(_ element: (inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try open(UInt8(ascii: "["), "an array")
        var hasMore = try hasFirst(before: UInt8(ascii: "]"))
        while hasMore {
            try element(&self)
            hasMore = try hasNext(before: UInt8(ascii: "]"))
        }
    }

    /// Skips an array and says how many elements it has.
    public mutating func count() throws(JSONError) -> Int {
        var count = 0
        try array { (reader) throws(JSONError) in
            try reader.skip()
            count += 1
        }
        return count
    }

    /// Reads a string.
    public mutating func string() throws(JSONError) -> String {
        skipSpace()
        return try stringToken("a string").text(in: bytes)
    }

    /// Reads a number.
    public mutating func number() throws(JSONError) -> JSONNumber {
        skipSpace()
        let token = try numberToken()
        return JSONNumber(text: String(decoding: UnsafeBufferPointer(rebasing: bytes[token]), as: UTF8.self))
    }

    /// Skips the next value, whatever it is, and all that is in it.
    public mutating func skip() throws(JSONError) {
        switch try kind() {
        case .object:
            try open(UInt8(ascii: "{"), "an object")
            let scope = names.open()
            var hasMore = try hasFirst(before: UInt8(ascii: "}"))
            while hasMore {
                _ = try memberName(in: scope)
                try skip()
                hasMore = try hasNext(before: UInt8(ascii: "}"))
            }
            names.close(scope)
        case .array: _ = try count()
        case .string: _ = try stringToken("a string")
        case .number: _ = try numberToken()
        case .word: _ = try word()
        }
    }

    /// Reads the next value and all that is in it.
    public mutating func node() throws(JSONError) -> JSONNode {
        let kind = try kind()
        let position = here
        switch kind {
        case .object:
            var members: [JSONMember] = []
            try open(UInt8(ascii: "{"), "an object")
            let scope = names.open()
            var hasMore = try hasFirst(before: UInt8(ascii: "}"))
            while hasMore {
                skipSpace()
                let place = here
                let name = try memberName(in: scope).text(in: bytes)
                members.append(JSONMember(name: name, position: place, value: try node()))
                hasMore = try hasNext(before: UInt8(ascii: "}"))
            }
            names.close(scope)
            return JSONNode(.object(members), at: position)
        case .array:
            var elements: [JSONNode] = []
            try array { (reader) throws(JSONError) in elements.append(try reader.node()) }
            return JSONNode(.array(elements), at: position)
        case .string: return JSONNode(.string(try string()), at: position)
        case .number: return JSONNode(.number(try number()), at: position)
        case .word: return JSONNode(try word(), at: position)
        }
    }

    private mutating func open(_ bracket: UInt8, _ expectation: String) throws(JSONError) {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == bracket else { throw unexpected(expectation) }
        guard depth < limits.depth else {
            throw trouble("arrays and objects are nested more than \(limits.depth) deep")
        }
        depth += 1
        offset += 1
    }

    /// Whether there is something between the brackets.
    private mutating func hasFirst(before bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        guard offset < bytes.count, bytes[offset] == bracket else { return true }
        close()
        return false
    }

    /// Whether a comma and another element or member follow.
    private mutating func hasNext(before bracket: UInt8) throws(JSONError) -> Bool {
        skipSpace()
        let closing = Character(UnicodeScalar(bracket))
        guard offset < bytes.count else { throw unexpected("a comma or \"\(closing)\"") }
        if bytes[offset] == bracket {
            close()
            return false
        }
        guard bytes[offset] == UInt8(ascii: ",") else { throw unexpected("a comma or \"\(closing)\"") }
        let comma = here
        offset += 1
        skipSpace()
        if offset < bytes.count, bytes[offset] == bracket {
            throw JSONError("a comma stands before \"\(closing)\", where JSON has none", at: comma)
        }
        return true
    }

    private mutating func close() {
        offset += 1
        depth -= 1
    }

    /// Reads a name and its colon; refuses one that the object has already.
    private mutating func memberName(in scope: OpenNames.Scope) throws(JSONError) -> StringToken {
        skipSpace()
        let place = here
        let token = try stringToken("the name of a member in quotation marks")
        if let first = names.add(token, to: scope, in: bytes), !limits.allowsRepeatedNames {
            let name = ShownText.excerpt(of: token.text(in: bytes))
            let before = position(ofByte: first.range.lowerBound - 1)
            throw JSONError("the member \"\(name)\" is there twice, first at \(before)", at: place)
        }
        skipSpace()
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: ":") else { throw unexpected("a colon") }
        offset += 1
        return token
    }

    private mutating func word() throws(JSONError) -> JSONNode.Value {
        for (word, value) in Self.words where bytes[offset...].starts(with: word.utf8) {
            let end = offset + word.utf8.count
            guard end == bytes.count || !Self.isWordByte(bytes[end]) else { break }
            offset = end
            return value
        }
        throw unexpected("a value")
    }

    private static let words: [(String, JSONNode.Value)] = [
        ("true", .bool(true)), ("false", .bool(false)), ("null", .null),
    ]
}
