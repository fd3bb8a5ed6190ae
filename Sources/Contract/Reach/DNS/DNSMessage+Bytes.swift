import Quantities

extension DNSMessage {
    /// Reads a whole message; what is cut off, goes on behind its end, or refers to itself is refused.
    public init(_ bytes: [UInt8]) throws(DNSProblem) {
        var reader = DNSReader(bytes)
        let id = try reader.number16()
        let flags = try reader.number16()
        let counts = (
            questions: try reader.number16(), answers: try reader.number16(), authorities: try reader.number16(),
            additionals: try reader.number16()
        )
        guard counts.questions <= Self.mostQuestions else {
            throw DNSProblem("it has \(counts.questions) questions", at: 4)
        }
        var questions: [Question] = []
        for _ in 0..<counts.questions {
            let name = try reader.name()
            let type = DNSType(rawValue: try reader.number16())
            questions.append(Question(name, type, classNumber: try reader.number16()))
        }
        self.init(id: id, isResponse: flags & 0x8000 != 0, questions: questions)
        operation = UInt8(flags >> 11 & 0x0F)
        isAuthoritative = flags & 0x0400 != 0
        isTruncated = flags & 0x0200 != 0
        wantsRecursion = flags & 0x0100 != 0
        hasRecursion = flags & 0x0080 != 0
        otherBits = UInt8(flags >> 4 & 0x07)
        code = Code(rawValue: UInt8(flags & 0x0F))
        answers = try reader.records(counts.answers)
        authorities = try reader.records(counts.authorities)
        additionals = try reader.records(counts.additionals)
        guard reader.isAtEnd else { throw DNSProblem("there is more behind its end", at: reader.position) }
    }

    /// The message on the wire; no name refers to another.
    public var bytes: [UInt8] {
        var flags = UInt16(operation & 0x0F) << 11 | UInt16(otherBits & 0x07) << 4 | UInt16(code.rawValue)
        if isResponse { flags |= 0x8000 }
        if isAuthoritative { flags |= 0x0400 }
        if isTruncated { flags |= 0x0200 }
        if wantsRecursion { flags |= 0x0100 }
        if hasRecursion { flags |= 0x0080 }
        let counts = [questions.count, answers.count, authorities.count, additionals.count].map(UInt16.init(clamping:))
        var bytes = ([id, flags] + counts).flatMap(Self.bytes)
        for question in questions {
            bytes += Self.bytes(question.name) + Self.bytes(question.type.rawValue) + Self.bytes(question.classNumber)
        }
        for record in answers + authorities + additionals { bytes += Self.bytes(record) }
        return bytes
    }

    private static func bytes(_ record: DNSRecord) -> [UInt8] {
        let data: [UInt8] =
            switch record.value {
            case .address(let address): address.bytes
            case .alias(let name): bytes(name)
            case .service(let priority, let weight, let port, let target):
                [priority, weight, port].flatMap(bytes) + bytes(target)
            case .other(_, let data): data
            }
        let time = [UInt16(record.timeToLive >> 16), UInt16(truncatingIfNeeded: record.timeToLive)]
        return bytes(record.name)
            + ([record.type.rawValue, record.classNumber] + time + [UInt16(clamping: data.count)]).flatMap(bytes) + data
    }

    private static func bytes(_ name: DNSName) -> [UInt8] {
        name.labels.flatMap { [UInt8($0.count)] + $0 } + [0]
    }

    private static func bytes(_ number: UInt16) -> [UInt8] { [UInt8(number >> 8), UInt8(number & 0xFF)] }
}
