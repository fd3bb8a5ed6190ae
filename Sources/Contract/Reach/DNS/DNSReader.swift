import Quantities

/// Reads the parts of a message from bytes that somebody sent.
struct DNSReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func number16() throws(DNSProblem) -> UInt16 {
        guard position + 2 <= bytes.count else {
            throw DNSProblem("it ends in the middle of a number", at: bytes.count)
        }
        defer { position += 2 }
        return UInt16(bytes[position]) << 8 | UInt16(bytes[position + 1])
    }

    /// A name, which may go on where an earlier one stands (RFC 1035, 4.1.4).
    ///
    /// Each reference has to lead before the place that it was come to by: so none can go round, and all of them end.
    mutating func name() throws(DNSProblem) -> DNSName {
        var labels: [[UInt8]] = []
        var length = 1
        var place = position
        var start = position
        var isElsewhere = false
        while true {
            guard place < bytes.count else { throw DNSProblem("it ends in the middle of a name", at: place) }
            let count = Int(bytes[place])
            switch count {
            case 0:
                if !isElsewhere { position = place + 1 }
                guard let name = DNSName(labels: labels) else { throw DNSProblem("a name is too long", at: start) }
                return name
            case 1...DNSName.longestLabel:
                guard place + 1 + count <= bytes.count else {
                    throw DNSProblem("it ends in the middle of a name", at: bytes.count)
                }
                length += count + 1
                guard length <= DNSName.longest else { throw DNSProblem("a name is too long", at: start) }
                labels.append(Array(bytes[(place + 1)...(place + count)]))
                place += count + 1
            case 0xC0...0xFF:
                guard place + 1 < bytes.count else { throw DNSProblem("it ends in the middle of a name", at: place) }
                let target = (count & 0x3F) << 8 | Int(bytes[place + 1])
                guard target < start else {
                    throw DNSProblem("a name refers to itself, or to what comes later", at: place)
                }
                if !isElsewhere { position = place + 2 }
                isElsewhere = true
                (place, start) = (target, target)
            default: throw DNSProblem("a label is of a kind that nobody knows", at: place)
            }
        }
    }

    mutating func records(_ count: UInt16) throws(DNSProblem) -> [DNSRecord] {
        guard count <= DNSMessage.mostRecords else { throw DNSProblem("it has \(count) records in a section", at: 6) }
        var records: [DNSRecord] = []
        for _ in 0..<count { records.append(try record()) }
        return records
    }

    private mutating func record() throws(DNSProblem) -> DNSRecord {
        let name = try name()
        let type = DNSType(rawValue: try number16())
        let classNumber = try number16()
        let time = UInt32(try number16()) << 16 | UInt32(try number16())
        let length = Int(try number16())
        let start = position
        guard start + length <= bytes.count else {
            throw DNSProblem("it ends in the middle of a record", at: bytes.count)
        }
        let value = try value(of: type, classNumber, length)
        guard position == start + length else { throw DNSProblem("a record is not as long as it says", at: start) }
        return DNSRecord(name, value, timeToLive: time, classNumber: classNumber)
    }

    private mutating func value(
        of type: DNSType, _ classNumber: UInt16, _ length: Int
    ) throws(DNSProblem) -> DNSRecord.Value {
        guard classNumber == DNSMessage.internet else { return .other(type, data(length)) }
        switch type {
        case .a, .aaaa:
            guard length == (type == .a ? 4 : 16), let address = IPAddress(bytes: data(length)) else {
                throw DNSProblem("an address is not as long as addresses are", at: position)
            }
            return .address(address)
        case .cname: return .alias(try name())
        case .srv:
            return .service(
                priority: try number16(), weight: try number16(), port: try number16(), target: try name())
        default: return .other(type, data(length))
        }
    }

    private mutating func data(_ length: Int) -> [UInt8] {
        defer { position += length }
        return Array(bytes[position..<(position + length)])
    }
}
