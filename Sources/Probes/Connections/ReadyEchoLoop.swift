import Contract
import Glibc
import LinuxHost
import Sockets

/// What one thread of an echo server for many connections does.
///
/// Whole messages go back from where all connections are read to, one after the other. Only what is left of one, because the rest
/// of a message has not come or the peer takes no more, is kept for its connection.
struct ReadyEchoLoop: ~Copyable {
    /// What is kept of a connection between two looks at it; all 0 where that is nothing.
    private struct Slot {
        var kept: UnsafeMutableRawPointer?
        var bytes = 0
        /// How many of these are to be sent.
        var outgoing = 0
    }

    private let group: ReadyEchoGroup
    private let stop: ProbeStop
    private let size: Int
    private let once: Bool
    private let queue: ReadinessQueue
    /// By the number of the descriptor; memory that is not used is not there.
    private let slots: UnsafeMutablePointer<Slot>
    private let limit: Int
    private let scratch: UnsafeMutableRawPointer
    private let room: Int
    private var meter = CPUMeter()
    /// Behind the largest descriptor that was served.
    private var used = 0

    private static let usualRoom = 65_536
    /// How many connections are taken in a row, before those are served that are there.
    private static let acceptedAtOnce = 64

    private init(_ server: EchoServer, _ group: ReadyEchoGroup, _ stop: ProbeStop) throws(HostError) {
        queue = try ReadinessQueue()
        self.group = group
        self.stop = stop
        size = server.messageSize
        once = server.closesAfterReply == true
        limit = ProcessLimits.mostDescriptors()
        slots = UnsafeMutableRawPointer(calloc(limit, MemoryLayout<Slot>.stride)).bindMemory(
            to: Slot.self, capacity: limit)
        room = max(size, Self.usualRoom)
        scratch = .allocate(byteCount: room, alignment: 64)
    }

    deinit {
        for descriptor in 0..<used { free(slots[descriptor].kept) }
        free(slots)
        scratch.deallocate()
    }

    /// Serves on the calling thread until the group is ended.
    static func serve(_ server: EchoServer, _ group: ReadyEchoGroup, _ stop: ProbeStop) {
        serve(make(server, group, stop), group)
    }

    /// Makes a loop that is a member of its group; nil where the kernel gives too little for it.
    static func make(_ server: EchoServer, _ group: ReadyEchoGroup, _ stop: ProbeStop) -> ReadyEchoLoop? {
        do throws(HostError) {
            let loop = try ReadyEchoLoop(server, group, stop)
            group.join(loop.queue.descriptor)
            return loop
        } catch {
            group.join(nil, SocketError(.wait, error.errno))
            return nil
        }
    }

    /// Serves with a loop that was made before.
    static func serve(_ loop: consuming ReadyEchoLoop?, _ group: ReadyEchoGroup) {
        guard var loop else { return group.leave(0, SocketError(.wait, ENOMEM)) }
        do throws(SocketError) {
            try loop.run()
            group.leave(loop.meter.seconds, nil)
        } catch {
            group.leave(loop.meter.seconds, error)
        }
    }

    private mutating func run() throws(SocketError) {
        let (listener, ending) = (group.listener, group.ending)
        try watch(ending, .broadcast)
        try watch(listener, .sharedListener)
        while !stop.isTripped {
            let events: Int
            do throws(HostError) {
                events = try queue.wait(milliseconds: -1)
            } catch {
                throw SocketError(.wait, error.errno)
            }
            for event in 0..<events {
                let descriptor = Int32(bitPattern: queue.token(event))
                if descriptor == listener {
                    try accept()
                } else if descriptor == ending {
                    return
                } else {
                    serve(descriptor)
                }
            }
        }
    }

    private func watch(_ descriptor: Int32, _ manner: ReadinessQueue.Manner) throws(SocketError) {
        let token = UInt32(bitPattern: descriptor)
        let code = ReadinessQueue.add(descriptor, token: token, as: manner, to: queue.descriptor)
        guard code == 0 else { throw SocketError(.wait, code) }
    }

    private mutating func accept() throws(SocketError) {
        for _ in 0..<Self.acceptedAtOnce {
            let connection = Glibc.accept(group.listener, nil, nil)
            guard connection >= 0 else {
                switch errno {
                // Another thread has it, a signal, and a client that went before it was accepted (accept(2)).
                case EAGAIN, EINTR, ECONNABORTED: return
                case _ where stop.isTripped: return
                default: throw SocketError(.accept, errno)
                }
            }
            guard Int(connection) < limit else {
                close(connection)
                continue
            }
            if once {
                // Most requests are there already; the others are told of.
                if serve(connection) { try watch(connection, .change) }
            } else if let next = group.nextQueue() {
                let token = UInt32(bitPattern: connection)
                let code = ReadinessQueue.add(connection, token: token, as: .change, to: next)
                guard code == 0 else { throw SocketError(.wait, code) }
            }
        }
    }

    /// Sends back what has come; false when the connection is at its end.
    @inline(__always)
    @discardableResult
    private mutating func serve(_ descriptor: Int32) -> Bool {
        let slot = slots + Int(descriptor)
        used = max(used, Int(descriptor) + 1)
        if slot.pointee.outgoing > 0 {
            guard let kept = slot.pointee.kept, let sent = send(descriptor, kept, slot.pointee.outgoing) else {
                return drop(descriptor)
            }
            let outgoing = slot.pointee.outgoing - sent
            keep(slot, kept + sent, slot.pointee.bytes - sent, outgoing)
            if outgoing > 0 { return true }
            if once { return drop(descriptor) }
        }
        while true {
            let held = slot.pointee.bytes
            let base = held > 0 ? slot.pointee.kept ?? scratch : scratch
            let wanted = room - held
            let count = withoutInterruption { recv(descriptor, base + held, wanted, Int32(MSG_DONTWAIT)) }
            guard count > 0 else { return count < 0 && errno == EAGAIN ? true : drop(descriptor) }
            let total = held + count
            // The usual case without a division.
            let whole = total == size ? size : total - total % size
            if whole > 0 {
                meter.see(base.load(as: UInt8.self))
                guard let sent = send(descriptor, base, whole), !once || sent < whole else { return drop(descriptor) }
                keep(slot, base + sent, total - sent, whole - sent)
                if sent < whole { return true }
            } else {
                keep(slot, base, total, 0)
            }
            // Less than was asked for: what comes later is told of again.
            if count < wanted { return true }
        }
    }

    /// How many bytes the kernel has taken; nil when the connection is broken.
    @inline(__always)
    private func send(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ length: Int) -> Int? {
        var sent = 0
        while sent < length {
            let count = withoutInterruption {
                Glibc.send(descriptor, bytes + sent, length - sent, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            guard count >= 0 else { return errno == EAGAIN ? sent : nil }
            sent += count
        }
        return sent
    }

    @inline(__always)
    private func keep(_ slot: UnsafeMutablePointer<Slot>, _ bytes: UnsafeRawPointer, _ count: Int, _ outgoing: Int) {
        slot.pointee.bytes = count
        slot.pointee.outgoing = outgoing
        guard count > 0 else { return }
        if slot.pointee.kept == nil { slot.pointee.kept = malloc(room) }
        if let kept = slot.pointee.kept, UnsafeRawPointer(kept) != bytes { memmove(kept, bytes, count) }
    }

    private func drop(_ descriptor: Int32) -> Bool {
        free(slots[Int(descriptor)].kept)
        slots[Int(descriptor)] = Slot()
        close(descriptor)
        return false
    }
}
