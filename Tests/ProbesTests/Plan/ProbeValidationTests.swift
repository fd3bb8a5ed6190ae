import Contract
import Probes
import Quantities
import Testing

@Suite("what a plan may ask for")
struct ProbeValidationTests {
    private func path(_ probe: any Probe) -> String? {
        do {
            try ProbePlan(probe: probe, deadlineSeconds: 5).validate()
            return nil
        } catch let error {
            return error.path
        }
    }

    private func latency(_ change: (inout LatencyProbe) -> Void) throws -> any Probe {
        var probe = ProbePlanTests.latency(try #require(ProbePlanTests.address))
        change(&probe)
        return probe
    }

    @Test("the probes of the round trip test are valid", arguments: ProbePlanTests.probes)
    func examplesAreValid(_ probe: any Probe) {
        #expect(path(probe) == nil)
    }

    @Test("a latency probe is held to its limits")
    func latencyLimits() throws {
        #expect(path(try latency { $0.messageSize = 0 }) == "probe.messageSize")
        #expect(path(try latency { $0.messageSize = 65_508 }) == "probe.messageSize")
        #expect(path(try latency { $0.messageSize = 3 }) == "probe.messageSize")
        #expect(path(try latency { $0.port = 0 }) == "probe.port")
        #expect(path(try latency { $0.durationNanoseconds = 0 }) == "probe.durationNanoseconds")
        #expect(path(try latency { $0.warmUpNanoseconds = .max }) == "probe.warmUpNanoseconds")
        #expect(path(try latency { $0.timeoutNanoseconds = 0 }) == "probe.timeoutNanoseconds")
        #expect(path(try latency { $0.pattern = .connectRequestClose }) == "probe.pattern")
        #expect(path(try latency { $0.pattern = .stream }) == "probe.pattern")
        #expect(path(try latency { $0.pattern = .requestResponse }) == "probe.ratePerSecond")
        for rate in [nil, 0, -1, .infinity, .nan, 2e6] as [Double?] {
            #expect(path(try latency { $0.ratePerSecond = rate }) == "probe.ratePerSecond")
        }
        let tooManyOpen = try latency {
            $0.ratePerSecond = 1e6
            $0.timeoutNanoseconds = 60_000_000_000
        }
        #expect(path(tooManyOpen) == "probe.timeoutNanoseconds")
        // 2^22 = 4 194 304 may be open.
        for (timeout, refused) in [(41_943_000_000, nil), (41_944_000_000, "probe.timeoutNanoseconds")] {
            let open = try latency {
                $0.ratePerSecond = 1e5
                $0.timeoutNanoseconds = UInt64(timeout)
            }
            #expect(path(open) == refused)
        }
    }

    @Test("datagrams of a path probe have ports, and its echo requests have none")
    func pathPorts() throws {
        func probe(_ port: UInt16, own: UInt16? = nil, isEcho: Bool) throws -> PathProbe {
            PathProbe(
                target: try #require(ProbePlanTests.address), port: port, ownPort: own, count: 1,
                intervalNanoseconds: 1, timeoutNanoseconds: 1, isEcho: isEcho)
        }
        #expect(path(try probe(7, isEcho: false)) == nil)
        #expect(path(try probe(0, isEcho: false)) == "probe.port")
        #expect(path(try probe(7, own: 0, isEcho: false)) == "probe.port")
        #expect(path(try probe(0, isEcho: true)) == nil)
        #expect(path(try probe(7, isEcho: true)) == "probe.port")
        #expect(path(try probe(0, own: 7, isEcho: true)) == "probe.port")
    }

    @Test("a plan is held to a processor that can be")
    func processor() throws {
        let probe = try latency { _ in }
        for (processor, isGood) in [(nil, true), (0, true), (-1, false)] as [(Int?, Bool)] {
            let plan = ProbePlan(probe: probe, deadlineSeconds: 5, processor: processor)
            #expect(((try? plan.validate()) != nil) == isGood)
        }
    }

    @Test("an echo server is held to its limits")
    func echoLimits() {
        let closing = EchoServer(transport: .udp, family: .ipv4, closesAfterReply: true, messageSize: 64)
        #expect(path(closing) == "probe.closesAfterReply")
        let large = EchoServer(transport: .tcp, family: .ipv4, messageSize: 65_537)
        #expect(path(large) == "probe.messageSize")
        for (transport, connections) in [(Transport.udp, 2), (.tcp, 0), (.tcp, 4_097)] {
            let many = EchoServer(transport: transport, family: .ipv4, messageSize: 64, connections: connections)
            #expect(path(many) == "probe.connections")
        }
    }

    @Test("several requests at once are held to their limits")
    func concurrencyLimits() throws {
        func path(_ change: (inout LatencyProbe) -> Void) throws -> String? {
            self.path(
                try latency { probe in
                    (probe.transport, probe.pattern, probe.ratePerSecond) = (.tcp, .requestResponse, nil)
                    change(&probe)
                })
        }
        #expect(try path { ($0.connections, $0.burst) = (4_096, 64) } == nil)
        #expect(try path { $0.connections = 4_097 } == "probe.connections")
        #expect(try path { $0.connections = 0 } == "probe.connections")
        #expect(try path { $0.burst = 65 } == "probe.burst")
        #expect(try path { $0.burst = 0 } == "probe.burst")
        #expect(try path { ($0.connections, $0.burst, $0.messageSize) = (4_096, 2, 65_536) } == "probe.connections")
        #expect(try path { ($0.connections, $0.transport) = (2, .udp) } == "probe.connections")
        #expect(try path { ($0.burst, $0.pattern) = (2, .connectRequestClose) } == "probe.burst")
        #expect(try path { ($0.connections, $0.pattern) = (2, .connectRequestClose) } == nil)
        #expect(
            try path { ($0.connections, $0.pattern, $0.ratePerSecond) = (2, .openLoop, 5) } == "probe.connections")
    }

    @Test("an iperf3 client is held to its limits")
    func iperf3Limits() throws {
        let good = Iperf3Probe(target: try #require(ProbePlanTests.address), port: 1, transport: .tcp, seconds: 1)
        func path(_ change: (inout Iperf3Probe) -> Void) -> String? {
            var probe = good
            change(&probe)
            return self.path(probe)
        }
        #expect(path { _ in } == nil)
        #expect(path { $0.port = 0 } == "probe.port")
        #expect(path { $0.streams = 129 } == "probe.streams")
        #expect(path { $0.seconds = 0 } == "probe.seconds")
        #expect(path { $0.omitSeconds = -1 } == "probe.omitSeconds")
        #expect(path { $0.transport = .udp } == "probe.bitsPerSecond")
        #expect(path { $0.bitsPerSecond = .nan } == "probe.bitsPerSecond")
    }

    @Test("netperf is asked only for tests that it has")
    func netperfLimits() throws {
        let address = try #require(ProbePlanTests.address)
        func probe(_ transport: Transport, _ pattern: TrafficPattern, size: Int = 64) -> NetperfProbe {
            NetperfProbe(
                target: address, port: 1, transport: transport, pattern: pattern, messageSize: size, seconds: 1
            )
        }
        #expect(path(probe(.udp, .stream)) == "probe.pattern")
        #expect(path(probe(.udp, .connectRequestClose)) == "probe.pattern")
        #expect(path(probe(.tcp, .openLoop)) == "probe.pattern" && path(probe(.udp, .openLoop)) == "probe.pattern")
        #expect(path(probe(.tcp, .requestResponse, size: 0)) == "probe.messageSize")
        #expect(probe(.tcp, .stream).testName == "TCP_STREAM")
        #expect(probe(.tcp, .requestResponse).testName == "TCP_RR")
        #expect(probe(.tcp, .connectRequestClose).testName == "TCP_CRR")
        #expect(probe(.udp, .requestResponse).testName == "UDP_RR")
    }
}
