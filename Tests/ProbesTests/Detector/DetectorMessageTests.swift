import Contract
import Testing

@testable import Probes

@Suite("What agents of the problem detector send each other")
struct DetectorMessageTests {
    private func written(_ message: WatchMessage, size: Int = WatchMessage.size) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: size)
        bytes.withUnsafeMutableBytes { message.write(to: $0) }
        return bytes
    }

    @Test("a message reads back as the same, also at the head of a large packet")
    func roundTrip() {
        var message = WatchMessage(check: 7, window: 9, attempt: .max, secret: 0x0102_0304_0506_0708)
        #expect(written(message, size: 1_472).withUnsafeBytes { WatchMessage($0) } == message)
        message.isReply = true
        message.arrival = 12
        message.stay = 13
        #expect(written(message).withUnsafeBytes { WatchMessage($0) } == message)
    }

    @Test("what is cut off, or is of somebody else, is no message", arguments: [(0, 0), (4, 9), (7, 3)])
    func others(_ place: Int, _ byte: UInt8) {
        var bytes = written(WatchMessage(check: 1, window: 1, attempt: 1, secret: 1))
        #expect(bytes.dropLast().withUnsafeBytes { WatchMessage($0) } == nil)
        bytes[place] = byte
        #expect(bytes.withUnsafeBytes { WatchMessage($0) } == nil)
    }

    @Test("a window is a short row, and what cannot be is refused")
    func rows() throws {
        let window = AgentWindow(
            place: 1, index: 2,
            checks: [
                CheckWindow(
                    check: 3, sent: 10, answered: 8, failures: [.timedOut: 1, .refused: 1], shift: -5, times: [100, 8]),
                CheckWindow(check: 4, sent: 1, answered: 1),
            ],
            arrivals: [.init(check: 9, count: 10)], reading: NodeReading(linkDrops: ["eth0": 3]),
            processorSeconds: 0.5, memoryBytes: 7, lateness: 8)
        let json = try window.json()
        #expect(json.contains(#""checks":[[3,10,8,-5,1,1,0,0,0,0,0,100,8],[4,1,1,null,0,0,0,0,0,0,0]]"#))
        #expect(try AgentWindow(json: json) == window)
        for wrong in ["[3,1,2,null,0,0,0,0,0,0,0]", "[3,1,1,null,0,0,0,0,0,0,0,5]", "[-1,1,1,null,0,0,0,0,0,0,0]"] {
            #expect(throws: DecodingError.self) {
                try AgentWindow(json: json.replacing("[4,1,1,null,0,0,0,0,0,0,0]", with: wrong))
            }
        }
    }
}
