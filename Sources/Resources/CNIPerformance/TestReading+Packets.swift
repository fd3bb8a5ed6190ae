import Contract
import Quantities

extension TestReading {
    /// The limits that a search can be held to.
    static let losses = Ratio(fraction: 1e-5)...Ratio(fraction: 0.5)
    private static let smallestPacket = ByteCount(bytes: UInt64(PacketProbe.smallestMessage))
    /// More in a second go over no path: a step that needed more could never be judged.
    private static let mostPerSecond = 1e7

    /// What goes together with `tool: packets`, and what goes with nothing else.
    func checkPackets(
        _ sizes: [ByteCount],
        _ pattern: TrafficPattern?,
        _ transport: Transport?,
        duration: TimeSpan?,
        lossBelow: Ratio?,
        _ rules: ToolRules
    ) {
        guard rules.tool == .packets, pattern == .highestRate else {
            keyed[.lossBelow]?.fail("only pattern: highest-rate of tool: packets has a limit; remove this key")
            checkDatagrams(sizes, transport, rules)
            return
        }
        if keyed[.lossBelow] == nil {
            keyed.failMissing(.lossBelow, "highest-rate needs the loss that a rate has to stay below, such as 0.1%")
        }
        if let lossBelow, let duration, duration > .zero,
            PacketProbe.datagramsPerLoss / lossBelow.fraction / duration.seconds > Self.mostPerSecond
        {
            keyed[.duration]?.fail(
                "too few packets go in \(duration) to tell a loss of \(lossBelow); use a longer duration or a higher limit"
            )
        }
        checkDatagrams(sizes, transport, rules)
    }

    private func checkDatagrams(_ sizes: [ByteCount], _ transport: Transport?, _ rules: ToolRules) {
        guard rules.tool == .packets else { return }
        if transport == .tcp {
            keyed[.transport]?.fail("tool: packets sends datagrams, found tcp; use protocol: udp")
        }
        if let tooSmall = sizes.first(where: { $0 < Self.smallestPacket }) {
            keyed[.messageSize]?.fail(
                "a packet says which step it is of and needs at least \(Self.smallestPacket), found \(tooSmall)")
        }
    }
}
