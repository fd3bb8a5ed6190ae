import Testing

@testable import LinuxHost

@Suite("Processor times")
struct CPUTimesTests {
    // The start of /proc/stat of a machine with two processors, kernel 6.18.
    static let recorded = """
        cpu  10132153 290696 3084719 46828483 16683 0 25195 175628 0 0
        cpu0 1393280 32966 572056 13343292 6130 0 17875 23933 0 0
        intr 199292 38 290
        """

    @Test("the first line is taken in seconds")
    func parse() throws {
        let times = try #require(CPUTimes(procStat: Self.recorded, ticksPerSecond: 100))
        #expect(abs(times.busy - 135_327.63) < 0.001)
        #expect(abs(times.idle - 468_451.66) < 0.001)
        #expect(times.steal == 1756.28)
        #expect(times.softirq == 251.95)
    }

    @Test(
        "what is no /proc/stat is refused",
        arguments: ["", "cpu", "cpu 1 2 3", "cpu0 1 2 3 4 5 6 7 8", "cpu 1 2 3 4 5 6 7 x", "intr 1 2 3 4 5 6 7 8"]
    )
    func rubbish(text: String) {
        #expect(CPUTimes(procStat: text, ticksPerSecond: 100) == nil)
    }

    @Test("this machine has been busy and idle")
    func read() throws {
        let times = try CPUTimes.read()
        #expect(times.busy > 0)
        #expect(times.idle > 0)
    }
}
