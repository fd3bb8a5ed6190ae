/// The way to a value: names of members and indices of elements, such as `trials[3].samples[0].value`.
public struct JSONPath: Sendable, Hashable, CustomStringConvertible {
    /// One step of the way.
    public enum Step: Sendable, Hashable {
        /// Into the member of an object.
        case name(String)
        /// Into the element of an array, counted from 0.
        case index(Int)
    }

    /// The steps, from the whole text on.
    public let steps: [Step]

    /// Names a way.
    public init(_ steps: [Step]) {
        self.steps = steps
    }

    /// The way as text.
    public var description: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .name(let name): text += (text.isEmpty ? "" : ".") + ShownText.excerpt(of: name)
            case .index(let index): text += "[\(index)]"
            }
        }
    }

    /// Where the value begins in a text; of what is not there, where that begins which should hold it.
    ///
    /// - Throws: ``JSONError`` when the text is not JSON up to there.
    public func position(in bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) -> JSONPosition {
        try bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var reader = JSONReader(bytes, limits: limits)
            try reader.begin()
            return try reader.position(following: steps[...])
        }
    }
}

extension JSONPath.Step: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// Into the member of that name.
    public init(stringLiteral value: String) {
        self = .name(value)
    }

    /// Into the element at that index.
    public init(integerLiteral value: Int) {
        self = .index(value)
    }
}

extension JSONReader {
    fileprivate mutating func position(following steps: ArraySlice<JSONPath.Step>) throws(JSONError) -> JSONPosition {
        let place = position
        var below: JSONPosition?
        switch (steps.first, try kind()) {
        case (.name(let wanted)?, .object):
            try object { (reader, name) throws(JSONError) in
                guard below == nil, name == wanted else { return try reader.skip() }
                below = try reader.position(following: steps.dropFirst())
            }
        case (.index(let wanted)?, .array):
            var index = 0
            try array { (reader) throws(JSONError) in
                defer { index += 1 }
                guard index == wanted else { return try reader.skip() }
                below = try reader.position(following: steps.dropFirst())
            }
        default: try skip()
        }
        return below ?? place
    }
}
