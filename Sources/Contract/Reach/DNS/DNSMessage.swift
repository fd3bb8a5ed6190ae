/// A query or a response (RFC 1035, 4); pure.
public struct DNSMessage: Sendable, Hashable {
    /// What is asked.
    public struct Question: Sendable, Hashable {
        /// Of which name.
        public var name: DNSName
        /// Which records.
        public var type: DNSType
        /// Of which class.
        public var classNumber: UInt16

        /// A question, of the class IN unless it is said.
        public init(_ name: DNSName, _ type: DNSType, classNumber: UInt16 = DNSMessage.internet) {
            self.name = name
            self.type = type
            self.classNumber = classNumber
        }
    }

    /// How a server answers.
    public struct Code: RawRepresentable, Sendable, Hashable {
        /// The number, 0 to 15.
        public let rawValue: UInt8

        /// The code of a number.
        public init(rawValue: UInt8) { self.rawValue = rawValue & 0x0F }

        /// There is an answer.
        public static let done = Code(rawValue: 0)
        /// It did not understand the question.
        public static let badQuestion = Code(rawValue: 1)
        /// It could not find out.
        public static let failed = Code(rawValue: 2)
        /// There is no such name.
        public static let noSuchName = Code(rawValue: 3)
        /// It does not do that.
        public static let notImplemented = Code(rawValue: 4)
        /// It does not want to.
        public static let refused = Code(rawValue: 5)
    }

    /// The class IN.
    public static let internet: UInt16 = 1
    /// The most records of one section that are read.
    static let mostRecords = 128
    /// The most questions that are read; everybody asks one.
    static let mostQuestions = 4

    /// What tells an answer from others.
    public var id: UInt16
    /// Whether it is a response.
    public var isResponse: Bool
    /// The kind of the query; 0 is the usual one.
    public var operation: UInt8 = 0
    /// Whether the server has the name itself.
    public var isAuthoritative = false
    /// Whether something was left out, since it did not fit.
    public var isTruncated = false
    /// Whether the server is asked to ask others.
    public var wantsRecursion = false
    /// Whether the server does that.
    public var hasRecursion = false
    /// The three bits between (`Z`, `AD`, `CD`).
    public var otherBits: UInt8 = 0
    /// How it went.
    public var code = Code.done
    /// What is asked.
    public var questions: [Question]
    /// The answers.
    public var answers: [DNSRecord] = []
    /// Who knows more.
    public var authorities: [DNSRecord] = []
    /// What may be of use.
    public var additionals: [DNSRecord] = []

    /// A message of these parts.
    public init(id: UInt16, isResponse: Bool, questions: [Question]) {
        self.id = id
        self.isResponse = isResponse
        self.questions = questions
    }

    /// A query with one question, which takes datagrams up to this size as an answer.
    public static func query(id: UInt16, _ question: Question, largest: UInt16 = 1_232) -> DNSMessage {
        var message = DNSMessage(id: id, isResponse: false, questions: [question])
        message.wantsRecursion = true
        if let root = DNSName(labels: []) {
            message.additionals = [DNSRecord(root, .other(.options, []), timeToLive: 0, classNumber: largest)]
        }
        return message
    }

    /// What the first question comes to: the records of its type, through aliases; empty where there are none.
    public var found: [DNSRecord] {
        guard let question = questions.first else { return [] }
        var name = question.name
        // No more steps than there are records: aliases may go round.
        for _ in 0...answers.count {
            let here = answers.filter { $0.name == name && $0.classNumber == question.classNumber }
            let wanted = here.filter { $0.type == question.type }
            if !wanted.isEmpty { return wanted }
            guard
                let next = here.lazy.compactMap({ record -> DNSName? in
                    guard case .alias(let name) = record.value else { return nil }
                    return name
                }).first
            else { return [] }
            name = next
        }
        return []
    }
}
