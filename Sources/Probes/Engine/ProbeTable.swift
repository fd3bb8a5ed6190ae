public import Contract

/// Every probe that an agent can carry out: one line each.
public enum ProbeTable {
    static let runners: [any ProbeRunner.Type] = [
        EchoRunner.self,
        LatencyRunner.self,
        Iperf3ServerRunner.self,
        Iperf3Runner.self,
        StreamServerRunner.self,
        StreamLoadRunner.self,
        PacketServerRunner.self,
        PacketRunner.self,
        NetperfServerRunner.self,
        NetperfRunner.self,
        CNIOperationsRunner.self,
        ServiceProxyRunner.self,
        ProcessorLoadRunner.self,
        ReachRunner.self,
        StandInRunner.self,
        InventoryRunner.self,
        LinkShapingRunner.self,
        LinkDownRunner.self,
        OffloadsRunner.self,
        TrafficCutRunner.self,
        ConntrackFullRunner.self,
        PathRunner.self,
        DetectorRunner.self,
    ]

    /// The kinds of their settings, by which a plan is read.
    public static let kinds: [any Probe.Type] = runners.map { $0.settings }
}

extension ProbePlan {
    /// Reads the plan of any probe that an agent can carry out.
    public init(json: String) throws(PlanError) {
        try self.init(json: json, kinds: ProbeTable.kinds)
    }
}
