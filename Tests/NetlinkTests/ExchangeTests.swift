import CLibnl
import Glibc
import TestSupport
import Testing

@testable import Netlink

/// Requests about a link that cannot be, so that the kernel refuses each of them, with rights and without.
@Suite("Questions and answers on a socket")
struct ExchangeTests {
    private static var words: RequestWords { RequestWords(operation: "delete", object: "the link 2147483647") }

    /// `struct ifinfomsg` with this index.
    private static func body(index: Int32) -> (inout MessageWriter) -> Void {
        { writer in
            writer.append(UInt32(0))
            writer.append(index)
            writer.append(UInt64(0))
        }
    }

    @Test("a dump hands over every message of the reply, and ends; the socket can be used again")
    func dumps() throws {
        try NetlinkSocket().withConnection { (connection) throws(NetlinkError) in
            for _ in 1...3 {
                var types: [Int32] = []
                try connection.exchange(
                    Self.words, type: UInt16(RTM_GETLINK), flags: NLM_F_DUMP, Self.body(index: 0)
                ) { types.append($0.type) }
                #expect(!types.isEmpty && types.allSatisfy { $0 == Int32(RTM_NEWLINK) })
            }
        }
    }

    @Test("a refusal is an error with the kernel's number, and the socket can be used after it")
    func refuses() throws {
        try NetlinkSocket().withConnection { (connection) throws(NetlinkError) in
            for _ in 1...2 {
                let error = #expect(throws: NetlinkError.self) {
                    try connection.exchange(
                        Self.words, type: UInt16(RTM_DELLINK), flags: 0, Self.body(index: .max)
                    ) { _ in }
                }
                #expect(error?.operation == "delete" && error?.object == "the link 2147483647")
                #expect([ENODEV, EPERM].contains(error?.errno ?? 0))
            }
        }
    }

    @Test(
        "every request of a pipeline reaches the kernel, and each refusal is told with its number and its words",
        arguments: [(1, 1), (5, 1), (5, 32_768), (200, 100), (200, 32_768)], [true, false]
    )
    func pipelines(_ size: (count: Int, batch: Int), acknowledgesEach: Bool) throws {
        let shape = PipelineShape(batchBytes: size.batch, acknowledgesEach: acknowledgesEach)
        let outcome = try NetlinkSocket().withConnection { (connection) throws(NetlinkError) in
            try connection.pipeline(
                Array(0..<size.count), shape: shape, words: { RequestWords(operation: "delete", object: "link \($0)") }
            ) { writer, _, flags, sequence in
                writer.message(
                    type: UInt16(RTM_DELLINK), flags: flags, sequence: sequence, Self.body(index: .max))
            }
        }
        #expect(outcome.requests == size.count && outcome.bytes == 32 * size.count)
        #expect(outcome.refusals.map(\.index) == Array(0..<size.count))
        #expect(outcome.refusals.map(\.error.object) == (0..<size.count).map { "link \($0)" })
    }

    @Test("nothing to send is nothing done")
    func nothing() throws {
        let outcome = try NetlinkSocket().withConnection { (connection) throws(NetlinkError) in
            try connection.pipeline([Int](), shape: PipelineShape(), words: { _ in Self.words }) { _, _, _, _ in }
        }
        #expect(outcome == PipelineOutcome())
    }

    @Test("signals do not end the wait for an answer, and a socket that missed one is used no more")
    func interrupted() async throws {
        let socket = try NetlinkSocket(timeout: .milliseconds(50))
        let error = try await SignalStorm.during(.milliseconds(20)) {
            #expect(throws: NetlinkError.self) {
                // Nothing was asked, so that nothing comes.
                try socket.withConnection { (connection) throws(NetlinkError) in
                    try connection.receive(for: Self.words) { _ in }
                }
            }
        }
        #expect(error?.errno == EAGAIN)
        let next = #expect(throws: NetlinkError.self) {
            try socket.withConnection { (connection) throws(NetlinkError) in
                try connection.exchange(
                    Self.words, type: UInt16(RTM_GETLINK), flags: NLM_F_DUMP, Self.body(index: 0)
                ) { _ in }
            }
        }
        #expect(next?.description.contains("missed an answer") == true)
    }

    @Test("a list that changed while it was read is an error, and the socket is in step after it")
    func changed() throws {
        var ends: [Int32] = [-1, -1]
        try #require(socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0)
        let (ours, kernel) = (ends[0], ends[1])
        defer {
            close(ours)
            close(kernel)
        }
        try NetlinkSocket().withConnection { (connection) throws(NetlinkError) in
            // The other end of the pair takes the part of the kernel, which cannot be told to change something now.
            dup2(ours, nl_socket_get_fd(connection.socket))
            for flag in [NLM_F_DUMP_INTR, 0] {
                var answer = MessageWriter()
                for (type, flags) in [(Int32(RTM_NEWLINK), flag), (NLMSG_DONE, 0)] {
                    answer.message(
                        type: UInt16(type), flags: NLM_F_MULTI | flags, sequence: connection.nextSequence
                    ) { _ in }
                }
                #expect(Glibc.send(kernel, answer.bytes, answer.bytes.count, 0) == answer.bytes.count)
                var types: [Int32] = []
                var found: NetlinkError?
                do throws(NetlinkError) {
                    try connection.exchange(
                        Self.words, type: UInt16(RTM_GETLINK), flags: NLM_F_DUMP, Self.body(index: 0)
                    ) { types.append($0.type) }
                } catch {
                    found = error
                }
                #expect(types == [Int32(RTM_NEWLINK)])
                #expect(found?.code == (flag == 0 ? nil : NLE_DUMP_INTR))
            }
        }
    }
}
