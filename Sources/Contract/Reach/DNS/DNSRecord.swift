public import Quantities

/// What a name has: one record of the class IN, or of another one as it stands.
public struct DNSRecord: Sendable, Hashable {
    /// What a record says.
    public enum Value: Sendable, Hashable {
        /// A or AAAA.
        case address(IPAddress)
        /// CNAME: the name that has the answer.
        case alias(DNSName)
        /// SRV: where a service is; the least priority first.
        case service(priority: UInt16, weight: UInt16, port: UInt16, target: DNSName)
        /// Any other type or class, as its bytes are.
        case other(DNSType, [UInt8])
    }

    /// The name that has it.
    public var name: DNSName
    /// 1 is IN; of OPT it is the size of datagrams.
    public var classNumber: UInt16
    /// Seconds for which it may be kept.
    public var timeToLive: UInt32
    /// What it says.
    public var value: Value

    /// A record.
    public init(_ name: DNSName, _ value: Value, timeToLive: UInt32 = 5, classNumber: UInt16 = DNSMessage.internet) {
        self.name = name
        self.value = value
        self.timeToLive = timeToLive
        self.classNumber = classNumber
    }

    /// Its type.
    public var type: DNSType {
        switch value {
        case .address(let address): address.family == .ipv4 ? .a : .aaaa
        case .alias: .cname
        case .service: .srv
        case .other(let type, _): type
        }
    }
}
