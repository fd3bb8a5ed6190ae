import Testing

@testable import Probes

@Suite("the open requests of an open loop")
struct OpenRequestsTests {
    private func requests(_ count: UInt64) -> OpenRequests {
        var requests = OpenRequests(capacity: 1)
        for number in 0..<count { requests.open(at: number + 1) }
        return requests
    }

    @Test("a reply settles its request once")
    func replySettlesOnce() {
        var requests = requests(3)
        let first = requests.close(1)
        let second = requests.close(1)
        let unsent = requests.close(3)
        #expect(first)
        #expect(!second)
        #expect(!unsent)
        let value1 = requests.oldest
        #expect(value1 == 0)
        _ = requests.close(0)
        let value2 = requests.oldest
        #expect(value2 == 2)
        _ = requests.close(2)
        let value3 = requests.isEmpty
        #expect(value3)
    }

    @Test("requests are given up in order, and only after the time-out")
    func requestsExpireInOrder() {
        var requests = requests(3)
        let value4 = requests.nextExpiry(timeout: 10)
        #expect(value4 == 11)
        let early = requests.expire(now: 10, timeout: 10)
        #expect(early == nil)
        _ = requests.close(1)
        let first = requests.expire(now: 13, timeout: 10)
        let third = requests.expire(now: 13, timeout: 10)
        let none = requests.expire(now: 13, timeout: 10)
        #expect(first == 0)
        #expect(third == 2)
        #expect(none == nil)
        let value5 = requests.nextExpiry(timeout: 10)
        #expect(value5 == nil)
    }

    @Test("a request that left after the clock was read is not given up")
    func youngRequestStays() {
        var requests = requests(0)
        requests.open(at: 100)
        let early = requests.expire(now: 99, timeout: 10)
        #expect(early == nil)
        let due = requests.expire(now: 110, timeout: 10)
        #expect(due == 0)
    }

    @Test("low bits are completed to the number that is open, and to none other")
    func lowBitsAreCompleted() {
        var requests = requests(200)
        for number in 0..<150 as Range<UInt64> { _ = requests.close(number) }
        let value6 = requests.resolve(150 & 0x7F, bits: 7)
        #expect(value6 == 150)
        let value7 = requests.resolve(199 & 0x7F, bits: 7)
        #expect(value7 == 199)
        let value8 = requests.resolve(149 & 0x7F, bits: 7)
        #expect(value8 == nil)
        let value9 = requests.resolve(149, bits: 63)
        #expect(value9 == nil)
        let value10 = requests.resolve(160, bits: 63)
        #expect(value10 == 160)
    }

    @Test("the ring is full before it overwrites an open request")
    func ringFills() {
        var requests = requests(1_023)
        let before = requests.isFull
        requests.open(at: 5_000)
        #expect(!before)
        let value11 = requests.isFull
        #expect(value11)
        _ = requests.close(0)
        let value12 = requests.isFull
        #expect(!value12)
    }
}
