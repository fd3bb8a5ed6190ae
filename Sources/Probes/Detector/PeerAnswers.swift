import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets

/// Answers what other agents send, and counts it by their checks and windows.
final class PeerAnswers {
    /// Datagrams by the sender's window and check.
    private var arrivals: [UInt32: [UInt32: Int]] = [:]
    /// One listener for connections and one for datagrams of each family.
    let descriptors: [Int32]
    private let listeners: Set<Int32>
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 8)

    /// Windows beyond this many are somebody's mistake, and are not counted.
    private static let mostWindows = 16

    private let answersNames: Bool

    init(port: UInt16, families: [IPAddress.Family], answersNames: Bool) throws(SocketError) {
        self.answersNames = answersNames
        var descriptors: [Int32] = []
        var listeners: Set<Int32> = []
        for family in families {
            let listener = try Socket(.tcp, family)
            try listener.bind(family: family, port: port)
            try listener.listen(backlog: 1_024)
            guard fcntl(listener.descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw SocketError(.option, errno) }
            let datagrams = try Socket(.udp, family)
            try datagrams.bind(family: family, port: port)
            try StampedDatagrams.enable(datagrams.descriptor)
            listeners.insert(listener.descriptor)
            descriptors += [listener.release(), datagrams.release()]
        }
        self.descriptors = descriptors
        self.listeners = listeners
    }

    deinit {
        for descriptor in descriptors { close(descriptor) }
        buffer.deallocate()
    }

    /// Takes everything that has come to a descriptor.
    func serve(_ descriptor: Int32) {
        if listeners.contains(descriptor) {
            // The other end breaks the connection off as soon as it stands.
            while case let connection = accept(descriptor, nil, nil), connection >= 0 { close(connection) }
            return
        }
        while true {
            do throws(SocketError) {
                try StampedDatagrams.receive(descriptor, into: buffer) { datagram, sender, length in
                    answer(datagram, descriptor, sender, length)
                }
            } catch {
                return
            }
        }
    }

    private func answer(
        _ datagram: StampedDatagrams.Datagram, _ descriptor: Int32, _ sender: UnsafeMutablePointer<sockaddr>,
        _ length: socklen_t
    ) {
        let now = Clock.monotonicNanoseconds()
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<min(datagram.count, buffer.count)])
        let flags = Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL)
        guard var message = WatchMessage(bytes), !message.isReply else {
            guard answersNames, let answer = Self.answer(toQuestion: Array(bytes)) else { return }
            _ = sendto(descriptor, answer, answer.count, flags, sender, length)
            return
        }
        if arrivals[message.window] != nil || arrivals.count < Self.mostWindows {
            arrivals[message.window, default: [:]][message.check, default: 0] += 1
        }
        message.isReply = true
        message.arrival = now &- datagram.age
        message.stay = datagram.age &+ (Clock.monotonicNanoseconds() - now)
        message.write(to: buffer)
        // A reply that cannot be sent is a loss, which the other end counts.
        _ = sendto(descriptor, buffer.baseAddress, WatchMessage.size, flags, sender, length)
    }

    /// The address 192.0.2.1, whatever the name; nil for what is no question.
    private static func answer(toQuestion bytes: [UInt8]) -> [UInt8]? {
        guard let query = try? DNSMessage(bytes), !query.isResponse, let question = query.questions.first else {
            return nil
        }
        var message = DNSMessage(id: query.id, isResponse: true, questions: [question])
        message.answers = [DNSRecord(question.name, .address(IPAddress(192, 0, 2, 1)))]
        return message.bytes
    }

    /// What came of a window, which is over; what comes later is forgotten with the next.
    func take(window: UInt32) -> [AgentWindow.Arrival] {
        let counts = arrivals.removeValue(forKey: window) ?? [:]
        for late in arrivals.keys where late < window { arrivals[late] = nil }
        return counts.sorted { $0.key < $1.key }.map { AgentWindow.Arrival(check: Int($0.key), count: $0.value) }
    }
}
