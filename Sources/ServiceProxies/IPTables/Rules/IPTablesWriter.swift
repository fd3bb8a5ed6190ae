/// Writes the rules of one sync: services one after the other, then the whole.
///
/// Each rule stands in one piece where it is written, in files of a family each, and reads as `iptables-save` would
/// print it.
struct IPTablesWriter {
    /// Chain lines of the table `nat`, only of chains that belong to services.
    private(set) var natChains: TextBuffer
    private var natRules: TextBuffer
    private var filterRules: TextBuffer

    let configuration: ProxyConfiguration
    let counters: Set<IPTablesCounter>
    /// As in kube-proxy: the comments of many endpoints would be most of the input.
    let omitsComments: Bool

    var words = Words()
    /// The bit that asks for masquerading: `0x4000`.
    let mark: Word
    /// ` ! -s 10.244.0.0/24`, or nothing where everything is masqueraded.
    let elsewhere: Word
    private let probabilities: Probabilities
    private let countOfConstants: Int

    // Of the service that is being written.
    private(set) var name: Word
    /// What ends the names of its chains.
    private(set) var hash: Word
    /// What is hashed: name and protocol, then for each endpoint its address and port.
    private var message = TextBuffer()

    /// A writer with room for the rules of these services.
    init(_ configuration: ProxyConfiguration, _ counters: Set<IPTablesCounter>, _ services: [ServicePort]) {
        var endpoints = 0
        var widest = 0
        for service in services {
            endpoints += service.endpoints.count
            widest = max(widest, service.endpoints.count)
        }
        self.configuration = configuration
        self.counters = counters
        omitsComments = endpoints > IPTablesPlanner.largeClusterThreshold
        mark = words.put(text: "0x\(String(1 << configuration.masqueradeBit, radix: 16))")
        elsewhere = words.put(configuration.masqueradesAll ? "" : " ! -s \(configuration.localPodRange)")
        probabilities = Probabilities(upTo: widest, in: &words)
        countOfConstants = words.count
        name = Word(0..<0)
        hash = Word(0..<0)
        // A little more than what a service and an endpoint with short names take.
        natChains = TextBuffer(capacity: 34 * (services.count + endpoints))
        natRules = TextBuffer(capacity: 400 * services.count + (omitsComments ? 270 : 480) * endpoints + 1024)
        filterRules = TextBuffer(capacity: 2048)
        writeFirstRules()
    }

    /// Writes a service: what leads to it, and with `withChains` its own chains.
    mutating func write(_ service: ServicePort, withChains: Bool) {
        words.forget(behind: countOfConstants)
        name = words.put(text: service.name)
        guard !service.endpoints.isEmpty else { return writeRejections(service) }
        hash = hash(of: service)
        writeEntrances(service)
        guard withChains else { return }
        writeInternal(service)
        writeExternal(service)
        writeFirewall(service)
        writeEndpoints(service)
    }

    /// The whole input, with what does not belong to a service; with `isWhole` also canaries and jump rules.
    mutating func finish(isWhole: Bool, stale: [String]) -> [UInt8] {
        writeRemovals(of: stale)
        writeLastRules()
        var whole = TextBuffer(
            capacity: filterRules.count + natChains.count + natRules.count + 8192)
        begin(.filter, isWhole, in: &whole)
        whole.append(filterRules)
        end(.filter, isWhole, in: &whole)
        begin(.nat, isWhole, in: &whole)
        whole.append(natChains)
        whole.append(natRules)
        end(.nat, isWhole, in: &whole)
        guard isWhole else { return whole.takeBytes() }
        begin(.mangle, isWhole, in: &whole)
        end(.mangle, isWhole, in: &whole)
        return whole.takeBytes()
    }

    // MARK: - For the families of rules

    /// Writes a line that makes a chain of the table `nat`.
    @inline(__always)
    mutating func natChain(_ line: RuleText) { natChains.appendLine(line, words) }

    /// Writes rules of the table `nat`.
    @inline(__always)
    mutating func nat(_ rules: RuleText) { natRules.appendLine(rules, words) }

    /// Writes rules of the table `filter`.
    @inline(__always)
    mutating func filter(_ rules: RuleText) { filterRules.appendLine(rules, words) }

    /// 1/`count`, as the match `statistic` takes it.
    func probability(oneOf count: Int) -> Word { probabilities.word(of: count) }

    /// What ends the names of the endpoints' chains, one behind the other: the first of them.
    mutating func hashes(of service: ServicePort) -> Word {
        let start = words.count
        let end = message.count
        for endpoint in service.endpoints {
            message.append("\(endpoint)")
            _ = words.put("\(NameHash.long(of: message))")
            message.removeAll(behind: end)
        }
        return Word(start..<start + hash.range.count)
    }

    private mutating func hash(of service: ServicePort) -> Word {
        message.removeAll()
        message.append(text: service.name)
        message.append("\(service.transport)")
        return words.put("\(NameHash.long(of: message))")
    }
}
