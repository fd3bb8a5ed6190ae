public import Quantities

/// Tries to reach many targets from one place, some at a time, and says of each what it came to.
public struct ReachProbe: Probe {
    /// The word in a plan.
    public static let kind = "reach"

    /// What a name server is asked.
    public struct Question: Sendable, Equatable, Codable {
        /// The whole name.
        public var name: String
        /// Which of its records.
        public var type: NameType

        /// A question.
        public init(_ name: String, _ type: NameType) {
            self.name = name
            self.type = type
        }
    }

    /// What is asked for by HTTP.
    public struct Request: Sendable, Equatable, Codable {
        /// The path with its slash, and what may stand behind it.
        public var path: String
        /// The status that is expected.
        public var status: Int
        /// The name of the host; nil is its address.
        public var host: String?
        /// A file with the certificates that are trusted; nil are those of the system.
        public var trusted: String?

        /// A request.
        public init(path: String = "/", status: Int = 200, host: String? = nil, trusted: String? = nil) {
            self.path = path
            self.status = status
            self.host = host
            self.trusted = trusted
        }
    }

    /// One target and how it is tried.
    public struct Check: Sendable, Equatable, Codable {
        /// What its result is known by; each stands there once.
        public var id: Int
        /// How it is tried.
        public var method: ReachMethod
        /// Where to; where there is a question, the name server.
        public var address: IPAddress
        /// The port, for methods that have one; of `dns` that of the name server.
        public var port: UInt16?
        /// What the name server is asked: all of a check by `dns`, and of others what is asked first, to find the target.
        public var question: Question?
        /// What its attempts have to come to, so many in a row as there are to be.
        ///
        /// It is tried until they do, or the time is over; nil where no more attempts than these are made.
        public var until: [ReachOutcome]?
        /// What is asked for by HTTP; nil is `/`.
        public var request: Request?

        /// A check.
        public init(
            id: Int, method: ReachMethod, address: IPAddress, port: UInt16? = nil, question: Question? = nil,
            until: [ReachOutcome]? = nil, request: Request? = nil
        ) {
            self.request = request
            self.until = until
            self.id = id
            self.method = method
            self.address = address
            self.port = port
            self.question = question
        }
    }

    /// What is tried, in this order.
    public var checks: [Check]
    /// How many of them are under way at once.
    public var concurrency: Int
    /// Attempts of each check.
    public var count: Int
    /// Nanoseconds from one attempt of a check to its next.
    public var intervalNanoseconds: UInt64
    /// Nanoseconds after which an attempt counts as lost.
    public var timeoutNanoseconds: UInt64
    /// Bytes behind the headers of an echo request or a datagram.
    public var payloadSize: Int
    /// Nanoseconds after which all that is not done could not be tested; nil is the plan's deadline.
    public var limitNanoseconds: UInt64?

    /// The most checks that fit into the line of a plan.
    public static let mostChecks = 400
    /// The port of name servers.
    public static let namePort: UInt16 = 53
    /// The most that are under way at once: each has a descriptor.
    public static let mostConcurrent = 512
    /// What makes a message ours and tells one attempt from another, in bytes.
    public static let smallestPayload = 16
    /// The largest payload of an IPv4 datagram with its ICMP or UDP header.
    public static let largestPayload = 65_507

    /// A probe.
    public init(
        checks: [Check], concurrency: Int = 64, count: Int = 5, intervalNanoseconds: UInt64 = 10_000_000,
        timeoutNanoseconds: UInt64 = 1_000_000_000, payloadSize: Int = 56, limitNanoseconds: UInt64? = nil
    ) {
        self.checks = checks
        self.concurrency = concurrency
        self.count = count
        self.intervalNanoseconds = intervalNanoseconds
        self.timeoutNanoseconds = timeoutNanoseconds
        self.payloadSize = payloadSize
        self.limitNanoseconds = limitNanoseconds
    }

    /// Finds the first setting that cannot be carried out.
    public func validate() throws(PlanError) {
        try Self.expect(checks.count, 1...Self.mostChecks, "probe.checks")
        try Self.expect(concurrency, 1...Self.mostConcurrent, "probe.concurrency")
        try Self.expect(count, 1...10_000, "probe.count")
        try Self.expect(payloadSize, Self.smallestPayload...Self.largestPayload, "probe.payloadSize")
        guard (1_000_000...60_000_000_000).contains(timeoutNanoseconds), intervalNanoseconds <= 60_000_000_000 else {
            throw PlanError(
                path: "probe", reason: "expected a time-out of 1 ms to 60 s and an interval of at most 60 s")
        }
        var ids: Set<Int> = []
        for check in checks {
            guard check.until == nil || limitNanoseconds != nil else {
                throw PlanError(path: "probe.checks", reason: "what is tried until it is as expected needs a limit")
            }
            guard check.method != .dns || check.question != nil else {
                throw PlanError(path: "probe.checks", reason: "a check by dns asks something")
            }
            guard let question = check.question else { continue }
            do throws(DNSProblem) {
                _ = try DNSName(question.name)
            } catch {
                throw PlanError(path: "probe.checks", reason: "\(question.name): \(error)")
            }
        }
        for check in checks {
            guard ids.insert(check.id).inserted else {
                throw PlanError(path: "probe.checks", reason: "the id \(check.id) is there twice")
            }
            guard check.method.hasPort == (check.port != nil), check.port != 0 else {
                throw PlanError(
                    path: "probe.checks",
                    reason: "\(check.method.rawValue) has \(check.method.hasPort ? "a" : "no") port")
            }
        }
    }

    private static func expect(_ value: Int, _ range: ClosedRange<Int>, _ path: String) throws(PlanError) {
        guard range.contains(value) else {
            throw PlanError(path: path, reason: "expected \(range.lowerBound) to \(range.upperBound), found \(value)")
        }
    }
}
