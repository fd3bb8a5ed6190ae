/// Writes input for `nft -f -`: what is there for all services, and what belongs to each.
///
/// Each command stands in one piece where it is written, in files of a family each.
struct NFTWriter {
    /// The chains that were written since the start, in order.
    private(set) var chains: [[UInt8]] = []
    /// The sets of affinity that were written since the start, in order.
    private(set) var affinitySets: [[UInt8]] = []

    let configuration: ProxyConfiguration
    let layout: NFTLayout
    var words = Words()
    /// The bit that asks for masquerading, as nft lists it: `0x00004000`.
    let mark: Word
    /// `ip saddr != 10.244.0.0/24 `, or nothing where everything is masqueraded.
    let elsewhere: Word

    private var commands: TextBuffer
    private var list = TextBuffer()
    private let countOfConstants: Int

    // Of the service that is being written.
    private var names = NFTNames()
    /// What ends the names of its chains.
    var base: Word { names.base }
    /// What ends the names of its endpoints' chains; none where endpoints have no chains.
    var endpointNames: [Word] { names.endpoints }

    init(_ configuration: ProxyConfiguration, _ layout: NFTLayout, capacity: Int = 0) {
        self.configuration = configuration
        self.layout = layout
        commands = TextBuffer(capacity: capacity)
        let digits = String(1 << configuration.masqueradeBit, radix: 16)
        mark = words.put(text: "0x\(String(repeating: "0", count: max(0, 8 - digits.count)))\(digits)")
        elsewhere = words.put(configuration.masqueradesAll ? "" : "ip saddr != \(configuration.localPodRange) ")
        countOfConstants = words.count
    }

    /// Takes what was written away: the input of one transaction.
    mutating func takeBytes() -> [UInt8] { commands.takeBytes() }

    // MARK: - For the families of commands

    /// Turns to a service and works out its names.
    mutating func turn(to service: ServicePort) {
        words.forget(behind: countOfConstants)
        names.take(service, withEndpoints: hasEndpointChains(service), in: &words)
    }

    /// Whether a service has chains for its endpoints.
    func hasEndpointChains(_ service: ServicePort) -> Bool {
        layout == .endpointChains || service.affinitySeconds != nil
    }

    /// Writes commands, a line each.
    @inline(__always)
    mutating func write(_ commands: RuleText) { self.commands.appendLine(commands, words) }

    /// The values as nft lists elements, to be put into a command: `0 : 10.0.0.1 . 80, 1 : 10.0.0.2 . 80`.
    @inline(__always)
    mutating func list<Values: Sequence>(_ values: Values, _ text: (Values.Element) -> RuleText) -> Word {
        list.removeAll()
        var isFirst = true
        for value in values {
            if !isFirst { list.append(", ") }
            isFirst = false
            list.append(text(value), words)
        }
        return words.put(list)
    }

    /// Makes and empties a chain, and remembers that it is wanted.
    mutating func ensure(_ prefix: StaticString, _ name: Word) {
        let chain = words.put("\(prefix)\(name)")
        chains.append(words.bytes(of: chain))
        write(
            """
            add chain ip kube-proxy \(chain)
            flush chain ip kube-proxy \(chain)
            """)
    }

    /// Makes the set of clients that stay with an endpoint, and remembers that it is wanted.
    mutating func ensureAffinitySet(_ name: Word, seconds: Int) {
        let set = words.put("affinity-\(name)")
        affinitySets.append(words.bytes(of: set))
        write("add set ip kube-proxy \(set) { type ipv4_addr ; flags dynamic,timeout ; timeout \(seconds)s ; }")
    }
}
