import Contract
import LinuxHost
import Testing

@testable import Probes

@Suite("beginning at one moment")
struct BeginningTests {
    @Test("a probe waits for the moment, and says how late it was")
    func wait() async throws {
        let output = Collector()
        let moment = WallClock.nanoseconds() + 60_000_000
        await Beginning.wait(for: moment, output, ProbeStop())
        let end = WallClock.nanoseconds()
        #expect(end >= moment)
        let lag = try #require(output.value(ProbeMetrics.beginLag.name))
        #expect(lag >= 0 && lag <= Double(end - moment) / 1e9 + 1e-3)
    }

    @Test("a moment that is past is late by all that has gone since")
    func late() async throws {
        let output = Collector()
        await Beginning.wait(for: WallClock.nanoseconds() - 500_000_000, output, ProbeStop())
        #expect(try #require(output.value(ProbeMetrics.beginLag.name)) >= 0.5)
    }

    @Test("a stop ends the wait")
    func stop() async {
        let output = Collector()
        let stop = ProbeStop()
        stop.trip()
        let start = Clock.monotonicNanoseconds()
        await Beginning.wait(for: WallClock.nanoseconds() + 60_000_000_000, output, stop)
        #expect(Clock.monotonicNanoseconds() - start < 30_000_000_000)
        #expect(output.value(ProbeMetrics.beginLag.name) == 0)
    }
}
