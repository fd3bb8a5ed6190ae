import Contract
import Glibc
import LinuxHost
import Sockets

/// The TCP echo server for many connections: one thread for each processor that this process may use, told by epoll(7) of what
/// there is to read.
struct ReadyEchoService: Sendable {
    let server: EchoServer
    let stop: ProbeStop

    /// Says `ready`, serves, and returns the CPU seconds since the first measured request.
    func run(_ listener: Int32, ready: () throws(SocketError) -> Void) throws(SocketError) -> Double {
        guard ProcessLimits.mostDescriptors() > (server.connections ?? 1) + Self.otherDescriptors else {
            throw SocketError(.accept, EMFILE)
        }
        // Several threads are told of one connection, of whom only one gets it.
        guard fcntl(listener, F_SETFL, O_NONBLOCK) == 0 else { throw SocketError(.option, errno) }
        let group = try ReadyEchoGroup(listener)
        let token = stop.register { group.end() }
        defer { stop.unregister(token) }
        let wanted = max(1, min(ProcessorAffinity.allowedCount, server.connections ?? 1))
        let (server, stop) = (server, stop)
        var threads = 1
        for _ in 1..<max(1, wanted) {
            let started: Void? = try? PlainThread.start { ReadyEchoLoop.serve(server, group, stop) }
            if started != nil { threads += 1 }
        }
        let own = ReadyEchoLoop.make(server, group, stop)
        // Before that, the first connections would all be this thread's.
        group.awaitMembers(threads)
        let result: Result<Void, SocketError>
        do throws(SocketError) {
            try ready()
            result = .success(())
        } catch {
            group.end()
            result = .failure(error)
        }
        ReadyEchoLoop.serve(own, group)
        let seconds = try group.finish(threads)
        try result.get()
        return seconds
    }

    /// What the server opens beside its connections.
    private static let otherDescriptors = 128
}
