import Contract
import Glibc
import LinuxHost
import Quantities
import Sockets
import Synchronization

/// Keeps streams going until it is stopped, and says how much they carried from when it was ready.
enum StreamLoadRunner: ProbeRunner {
    /// How long a stream may take until something has come through it.
    private static let patience: UInt64 = 5_000_000_000

    static func run(_ load: StreamLoad, in context: ProbeContext) async throws(ProbeFailure) {
        let (stop, output) = (context.stop, context.output)
        let result = await PlainThread.run { () -> Result<Void, ProbeFailure> in
            do throws(ProbeFailure) {
                return .success(try carry(load, stop, output))
            } catch {
                return .failure(error)
            }
        }
        try result.get()
        if stop.reason == .deadline { throw ProbeFailure.interrupted(stop) }
    }

    private static func carry(
        _ load: StreamLoad, _ stop: ProbeStop, _ output: any ProbeOutput
    ) throws(ProbeFailure) {
        let peer = "tcp \(load.target) port \(load.port)"
        let group = ConnectionGroup(limit: .max)
        var streams: [LoadStream] = []
        do throws(SocketError) {
            for word in load.words {
                for _ in 0..<load.streams { streams.append(try LoadStream(word, to: load)) }
            }
        } catch {
            throw error.failure(peer: peer)
        }
        // Shut down before their threads are waited for, however this ends.
        defer {
            for stream in streams { stream.end() }
            _ = group.finish()
        }
        for stream in streams { try stream.start(in: group) }
        try waitUntilCarrying(streams, stop, peer)
        let start = Clock.monotonicNanoseconds()
        let before = streams.map(\.count.bytes)
        output.emit(.ready(port: 0, tool: "stream", version: "1"))
        while !stop.isTripped {
            if let broken = streams.first(where: \.hasEnded) {
                throw ProbeFailure(.connectionReset, "a stream to \(peer) (\(broken.way)) ended before it was stopped")
            }
            usleep(1_000)
        }
        let seconds = Double(Clock.monotonicNanoseconds() - start) / 1e9
        let carried = zip(streams, before).map { ($0, Double($0.count.bytes - $1) * 8 / seconds) }
        for way in StreamDirection.allCases where way != .both {
            let rates = carried.filter { $0.0.way == way }.map(\.1)
            guard !rates.isEmpty else { continue }
            output.emit(.sample(metric: ProbeMetrics.loadThroughput(way).name, value: rates.reduce(0, +)))
        }
    }

    private static func waitUntilCarrying(
        _ streams: [LoadStream], _ stop: ProbeStop, _ peer: String
    ) throws(ProbeFailure) {
        let end = Clock.monotonicNanoseconds() + patience
        while let silent = streams.first(where: { $0.count.bytes == 0 }) {
            if stop.isTripped { throw ProbeFailure.interrupted(stop) }
            guard Clock.monotonicNanoseconds() < end else {
                throw ProbeFailure(
                    .timedOut,
                    "nothing came through a stream to \(peer) (\(silent.way)) within 5 s; "
                        + "see that large packets pass, too")
            }
            usleep(500)
        }
    }
}

/// One stream of a load, and its thread.
private final class LoadStream: Sendable {
    let way: StreamDirection
    let count = Transfer.Count()
    private let descriptor: Int32
    private let ended = Atomic<Bool>(false)

    var hasEnded: Bool { ended.load(ordering: .acquiring) }

    /// Connects, and says who sends.
    init(_ word: UInt8, to load: StreamLoad) throws(SocketError) {
        way = word == StreamLoad.upload ? .up : .down
        let socket = try Socket(.tcp, load.target.family)
        try socket.setTimeouts(nanoseconds: 5_000_000_000)
        try socket.connect(to: SocketAddress(load.target, port: load.port))
        var word = word
        guard withoutInterruption({ Glibc.send(socket.descriptor, &word, 1, Int32(MSG_NOSIGNAL)) }) == 1 else {
            throw SocketError(.send, errno)
        }
        descriptor = socket.release()
    }

    deinit { close(descriptor) }

    func start(in group: ConnectionGroup) throws(ProbeFailure) {
        _ = group.enter()
        do throws(HostError) {
            try PlainThread.start { [self] in
                if way == .up { Transfer.send(descriptor, count) } else { Transfer.receive(descriptor, count) }
                ended.store(true, ordering: .releasing)
                group.leave(cpuSeconds: 0)
            }
        } catch {
            group.leave(cpuSeconds: 0)
            throw ProbeFailure(.system, error.description)
        }
    }

    func end() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
