/// The limits of a native probe's messages.
enum MessageSize {
    /// What fits into one UDP datagram over IPv4.
    static let largestDatagram = 65_507
    static let largest = 65_536

    static func validate(_ size: Int, _ transport: Transport) throws(PlanError) {
        let limit = transport == .udp ? largestDatagram : largest
        guard (1...limit).contains(size) else {
            throw PlanError(
                path: "probe.messageSize",
                reason: "expected 1 to \(limit) bytes over \(transport.rawValue), found \(size)"
            )
        }
    }
}
