import Contract
import Probes
import Quantities
import Testing

@Suite("probe plans")
struct ProbePlanTests {
    static let address = IPAddress(bytes: [10, 0, 0, 2])

    static var probes: [any Probe] {
        guard let address else { return [] }
        let iperf3 = Iperf3Probe(
            target: address, port: 5201, transport: .udp, streams: 2, seconds: 1, omitSeconds: 1, bitsPerSecond: 1e8
        )
        return [
            EchoServer(transport: .tcp, family: .ipv6, closesAfterReply: true, messageSize: 64),
            EchoServer(transport: .tcp, family: .ipv4, messageSize: 64, connections: 4_096),
            LatencyProbe(
                transport: .tcp, pattern: .requestResponse, target: address, port: 7, messageSize: 64,
                durationNanoseconds: 1_000_000_000, connections: 64, burst: 16),
            latency(address), Iperf3Server(port: 5201), iperf3, NetperfServer(port: 0, family: .ipv6),
            NetperfProbe(target: address, port: 1, transport: .udp, pattern: .requestResponse, seconds: 1),
            StreamServer(family: .ipv6, port: 7),
            PacketServer(family: .ipv6, port: 7, messageSize: 64),
            PacketProbe(target: address, port: 7, messageSize: 8, durationNanoseconds: 1_000_000, lossBelow: 0.001),
            StreamLoad(target: address, port: 7, streams: 2, direction: .both),
        ] + CNIOperationsTests.plans
    }

    static func latency(_ address: IPAddress) -> LatencyProbe {
        LatencyProbe(
            transport: .udp, pattern: .openLoop, target: address, port: 4000, messageSize: 64,
            durationNanoseconds: 250_000_000, warmUpNanoseconds: 50_000_000, ratePerSecond: 5_000,
            timeoutNanoseconds: 1_000_000_000
        )
    }

    @Test("a plan survives its JSON, which is one line", arguments: probes)
    func planSurvives(_ probe: any Probe) throws {
        let plan = ProbePlan(
            probe: probe, deadlineSeconds: 12.5, processor: 1, seed: .max,
            cost: CostWindow(at: .client, leadNanoseconds: 7))
        let json = try plan.json()
        #expect(!json.contains("\n"))
        #expect(json.contains("\"kind\":\"\(type(of: probe).kind)\""))
        #expect(try ProbePlan(json: json) == plan)
    }

    @Test("the JSON of a plan is the contract's, field by field")
    func planIsTheContract() throws {
        let json = """
            {"deadlineSeconds":3,"probe":{"durationNanoseconds":250000000,"kind":"latency","messageSize":64,\
            "pattern":"request-response","port":4000,"target":"fd00::2","timeoutNanoseconds":1000000000,\
            "transport":"tcp","warmUpNanoseconds":0},"seed":7}
            """
        #expect(try ProbePlan(json: json).json() == json)
    }

    @Test(
        "text that is not a plan is an error that names the place or the value",
        arguments: [
            ("", ""), ("rubbish", "line 1, column 1"), (#"{"deadlineSeconds":1,}"#, "a comma stands before"),
            (#"{"deadlineSeconds":1,"deadlineSeconds":2}"#, "is there twice"), ("{}", "probe"),
            (#"{"deadlineSeconds":1,"probe":{}}"#, "probe.kind"),
            (#"{"deadlineSeconds":1,"probe":{"kind":"iperf4"}}"#, "probe.kind"),
            (#"{"deadlineSeconds":"1","probe":{"kind":"iperf3Server","port":1}}"#, "deadlineSeconds"),
            (#"{"deadlineSeconds":1,"probe":{"kind":"iperf3Server","port":70000}}"#, "out of its range"),
            (#"{"deadlineSeconds":1,"probe":{"kind":"iperf3Server","port":-1}}"#, "out of its range"),
            (#"{"deadlineSeconds":0,"probe":{"kind":"iperf3Server","port":1}}"#, "deadlineSeconds"),
        ]
    )
    func wrongTextIsAnError(_ json: String, _ words: String) {
        #expect {
            try ProbePlan(json: json)
        } throws: { error in
            guard let error = error as? PlanError else { return false }
            return error.description.contains(words.isEmpty ? "not understood" : words)
        }
    }

    @Test("a deadline must be a length of time", arguments: [0, -1, .infinity, .nan, 90_000])
    func deadlineIsChecked(_ seconds: Double) {
        let plan = ProbePlan(probe: Iperf3Server(), deadlineSeconds: seconds)
        #expect { try plan.validate() } throws: { ($0 as? PlanError)?.path == "deadlineSeconds" }
    }
}
