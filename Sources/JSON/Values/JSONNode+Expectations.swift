extension JSONNode {
    /// An error at this value: what was expected, and what is there.
    public func unexpected(_ expectation: String) -> JSONError {
        JSONError("expected \(expectation), found \(found)", at: position)
    }

    /// The members of an object.
    public func members() throws(JSONError) -> [JSONMember] {
        guard case .object(let members) = value else { throw unexpected("an object") }
        return members
    }

    /// The member of an object that has to be there.
    public func required(_ name: String) throws(JSONError) -> JSONNode {
        guard let member = try members().first(where: { $0.name == name }) else {
            throw JSONError("expected the member \"\(name)\", found nothing", at: position)
        }
        return member.value
    }

    /// The elements of an array.
    public func elements() throws(JSONError) -> [JSONNode] {
        guard case .array(let elements) = value else { throw unexpected("an array") }
        return elements
    }

    /// The text of a string.
    public func text() throws(JSONError) -> String {
        guard case .string(let text) = value else { throw unexpected("a string") }
        return text
    }

    /// The value of `true` or `false`.
    public func truth() throws(JSONError) -> Bool {
        guard case .bool(let isTrue) = value else { throw unexpected("true or false") }
        return isTrue
    }

    /// The value of a number.
    public func number() throws(JSONError) -> Double {
        guard case .number(let number) = value else { throw unexpected("a number") }
        return number.double
    }

    /// The value of a whole number within bounds, written without a fraction and an exponent.
    public func wholeNumber<Value: FixedWidthInteger>(
        in range: ClosedRange<Value> = Value.min...Value.max
    ) throws(JSONError) -> Value {
        guard case .number(let number) = value, let whole: Value = number.whole(), range.contains(whole) else {
            throw unexpected("a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return whole
    }
}
