import Contract
import Quantities
import TestSupport
import Testing

@testable import Probes

@Suite("What became of numbered packets")
struct PathTallyTests {
    private func reading(_ arrivals: [Int], sent: Int = 5) -> PathReading {
        var tally = PathTally(count: sent, frameBytes: 100)
        for number in 0..<sent { tally.send(number, at: 1_000 + UInt64(number) * 10) }
        for (index, number) in arrivals.enumerated() { tally.arrive(number, at: 2_000 + UInt64(index) * 1_000) }
        return tally.reading()
    }

    @Test("what comes in order is neither lost, nor doubled, nor overtaking")
    func clean() throws {
        let reading = reading([0, 1, 2, 3, 4])
        #expect(reading.sent == 5 && reading.answered == 5 && reading.spoiled == 0)
        #expect(reading.duplicated == 0 && reading.overtaking == 0 && reading.corrupted == 0)
        // Four frames of 100 bytes within 4 µs.
        #expect(abs(try #require(reading.rate) - 8e8) < 1)
    }

    @Test("losses, copies and overtaking are counted by packet")
    func counts() {
        #expect(reading([0, 2, 4]).spoiled == 2)
        #expect(reading([0, 1, 1, 1, 2, 2, 3, 4]).duplicated == 2)
        // 3 and 4 come before 2, and 1 before 0.
        #expect(reading([1, 0, 3, 4, 2]).overtaking == 3)
        #expect(reading([4, 3, 2, 1, 0]).overtaking == 4)
        // The second copy of a late one overtakes nobody.
        #expect(reading([0, 1, 0, 2, 3, 4]).overtaking == 0)
        #expect(reading([]).roundTrip == nil)
    }

    @Test("a number that was never sent is somebody's changed bit")
    func strange() {
        #expect(reading([0, 7]).corrupted == 1)
        #expect(reading([0, 7]).answered == 1)
    }

    @Test("every bit of a datagram counts")
    func pattern() {
        let pattern = PathPattern(size: 64)
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 8)
        defer { bytes.deallocate() }
        pattern.write(77, to: bytes)
        let message = UnsafeRawBufferPointer(start: bytes, count: 64)
        #expect(pattern.number(of: message) == 77)
        for bit in 0..<512 {
            bytes.storeBytes(
                of: message[bit / 8] ^ (1 << UInt8(bit % 8)), toByteOffset: bit / 8, as: UInt8.self)
            // A changed number does not go with the bytes that follow from it.
            #expect(pattern.number(of: message) == nil, "bit \(bit)")
            bytes.storeBytes(
                of: message[bit / 8] ^ (1 << UInt8(bit % 8)), toByteOffset: bit / 8, as: UInt8.self)
        }
        #expect(pattern.number(of: UnsafeRawBufferPointer(rebasing: message[..<60])) == nil)
    }

    @Test("over the loopback all comes back, and to a closed port nothing does")
    func loopback() async throws {
        let target = try Loopback.address()
        @Sendable func probe(_ port: UInt16) -> PathProbe {
            PathProbe(
                target: target, port: port, count: 50, intervalNanoseconds: 100_000, timeoutNanoseconds: 300_000_000,
                payloadSize: 200, isUnchecked: true)
        }
        func reading(_ output: Collector) throws -> PathReading {
            for case .artifact(let artifact) in output.events { return try PathReading(json: artifact.text) }
            throw ProbeFailure(.system, output.message)
        }
        let open = await Pair.run(EchoServer(transport: .udp, family: .ipv4, messageSize: 1_000)) { probe($0) }
        #expect(try reading(open.client).answered == 50)
        #expect(try reading(open.client).corrupted == 0)
        // The server is gone, and nobody else has its port yet.
        let closed = Collector()
        let plan = ProbePlan(probe: probe(try #require(open.server.port)), deadlineSeconds: 10)
        await ProbeEngine.run(plan, output: closed)
        #expect(try reading(closed).sent == 50)
        #expect(try reading(closed).answered == 0)
    }

    @Test(
        "echo requests over the loopback all come back, over both families",
        .enabled(if: Requirement.root, Comment(rawValue: Requirement.rootReason)),
        arguments: IPAddress.Family.allCases)
    func echoes(_ family: IPAddress.Family) async throws {
        let probe = PathProbe(
            target: try Loopback.address(family), port: 0, count: 50, intervalNanoseconds: 100_000,
            timeoutNanoseconds: 300_000_000, payloadSize: 200, isUnchecked: true, isEcho: true)
        let output = Collector()
        await ProbeEngine.run(ProbePlan(probe: probe, deadlineSeconds: 10), output: output)
        let texts = output.events.compactMap { event -> String? in
            if case .artifact(let artifact) = event { artifact.text } else { nil }
        }
        let reading = try PathReading(json: try #require(texts.first, "\(output.message)"))
        #expect(reading.sent == 50 && reading.answered == 50 && reading.corrupted == 0)
        #expect(try #require(reading.roundTrip) > 0)
    }
}
