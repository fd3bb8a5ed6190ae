import Contract
import LinuxHost
import Processes
import Testing

@testable import Probes

@Suite("an iperf3 that never ends")
struct Iperf3HangTests {
    @Test("its deadline is the failure timedOut", arguments: [true, false])
    func deadline(_ isTripped: Bool) async throws {
        let path = Fixture.path("iperf3-that-hangs")
        let stop = ProbeStop()
        let runner = ToolRunner(stop: stop, deadline: Clock.monotonicNanoseconds(), tether: await ToolTether.find())
        let probe = Iperf3Probe(target: try Loopback.address(), port: 1, transport: .tcp, seconds: 1)
        let output = Collector()
        if isTripped { stop.trip(.deadline) }
        await #expect {
            try await Iperf3Runner.measure(probe, executable: path, runner: runner, output: output)
        } throws: {
            ($0 as? ProbeFailure)?.code == .timedOut
        }
        #expect(output.events.isEmpty)
    }
}
