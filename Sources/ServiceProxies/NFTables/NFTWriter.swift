/// Writes input for `nft -f -`: what is there for all services, and what belongs to each.
struct NFTWriter {
    var buffer: TextBuffer
    var names = NFTNames()
    /// The chains that were written since the start, in order.
    var chains: [[UInt8]] = []
    /// The sets of affinity that were written since the start, in order.
    var affinitySets: [[UInt8]] = []

    let configuration: ProxyConfiguration
    let layout: NFTLayout
    let mark: [UInt8]
    let notLocal: [UInt8]
    var transport: StaticString = "tcp"
    var text = TextBuffer()

    init(_ configuration: ProxyConfiguration, _ layout: NFTLayout, capacity: Int = 0) {
        self.configuration = configuration
        self.layout = layout
        buffer = TextBuffer(capacity: capacity)
        let digits = String(1 << configuration.masqueradeBit, radix: 16)
        mark = Array("0x\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits)".utf8)
        notLocal = Array("ip saddr != \(configuration.localPodRange)".utf8)
    }

    /// Takes what was written away: the input of one transaction.
    mutating func takeBytes() -> [UInt8] {
        let bytes = buffer.bytes
        buffer = TextBuffer()
        return bytes
    }
}
