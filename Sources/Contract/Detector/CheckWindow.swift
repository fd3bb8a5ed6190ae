/// What one check came to in one window, counted by the agent that makes it.
public struct CheckWindow: Sendable, Equatable {
    /// Which check of the plan it is.
    public var check: Int
    /// Attempts that were begun in the window.
    public var sent: Int
    /// Those of them that had their answer in time.
    public var answered: Int
    /// The others, by reason; a reason that is not there was not met.
    public var failures: [CheckFailure: Int]
    /// The median of the other end's clock at arrival less this end's at departure, in nanoseconds.
    ///
    /// The clocks have nothing to do with each other: only changes of it say something, which is how much later packets arrive.
    public var shift: Int64?
    /// Times until the answer, without what agents took: buckets of `LogBuckets` and their counts, by turns.
    public var times: [Int]

    /// A window of a check.
    public init(
        check: Int, sent: Int, answered: Int, failures: [CheckFailure: Int] = [:], shift: Int64? = nil,
        times: [Int] = []
    ) {
        self.check = check
        self.sent = sent
        self.answered = answered
        self.failures = failures
        self.shift = shift
        self.times = times
    }
}

extension CheckWindow: Codable {
    /// Reads `[check, sent, answered, shift or null, failures…, times…]`: one failure count for each reason, in their order.
    public init(from decoder: any Decoder) throws {
        var row = try decoder.unkeyedContainer()
        let (check, sent) = (try row.decode(Int.self), try row.decode(Int.self))
        let answered = try row.decode(Int.self)
        let shift = try row.decodeNil() ? nil : try row.decode(Int64.self)
        var failures: [CheckFailure: Int] = [:]
        for reason in CheckFailure.allCases {
            let count = try row.decode(Int.self)
            if count != 0 { failures[reason] = count }
        }
        var times: [Int] = []
        while !row.isAtEnd { times.append(try row.decode(Int.self)) }
        guard check >= 0, sent >= 0, (0...sent).contains(answered), failures.values.allSatisfy({ $0 > 0 }),
            times.count.isMultiple(of: 2), times.allSatisfy({ $0 >= 0 })
        else {
            throw DecodingError.dataCorruptedError(in: row, debugDescription: "counts that cannot be")
        }
        self.init(check: check, sent: sent, answered: answered, failures: failures, shift: shift, times: times)
    }

    /// Writes the row.
    public func encode(to encoder: any Encoder) throws {
        var row = encoder.unkeyedContainer()
        for number in [check, sent, answered] { try row.encode(number) }
        if let shift { try row.encode(shift) } else { try row.encodeNil() }
        for reason in CheckFailure.allCases { try row.encode(failures[reason] ?? 0) }
        for number in times { try row.encode(number) }
    }
}
