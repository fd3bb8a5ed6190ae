/// Writes the rules of one sync: services one after the other, then the whole.
struct IPTablesWriter {
    /// Chain lines of the table `nat`, only of chains that belong to services.
    private(set) var natChains: TextBuffer
    private var natRules: TextBuffer
    private var filterRules: TextBuffer

    private let configuration: ProxyConfiguration
    private let counters: Set<IPTablesCounter>
    private let omitsComments: Bool
    private let mark: [UInt8]
    private let notLocal: [UInt8]
    private var probabilities: Probabilities
    private var hash = NameHash()

    // Of the service that is being written; kept here so that no service costs an allocation.
    private var name: [UInt8] = []
    private var transport: StaticString = "tcp"
    private var suffix: [UInt8] = []
    private var endpointSuffixes: [UInt8] = []
    private var message: [UInt8] = []
    private var text = TextBuffer()

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
        mark = Array("0x\(String(1 << configuration.masqueradeBit, radix: 16))".utf8)
        notLocal = Array(" ! -s \(configuration.localPodRange)".utf8)
        probabilities = Probabilities(upTo: widest)
        natChains = TextBuffer(capacity: 34 * (services.count + endpoints))
        natRules = TextBuffer(capacity: 400 * services.count + (omitsComments ? 270 : 480) * endpoints + 1024)
        filterRules = TextBuffer(capacity: 2048)
        natRules.append("-A KUBE-POSTROUTING -m mark ! --mark ")
        natRules.append(mark)
        natRules.append("/")
        natRules.append(mark)
        natRules.append(" -j RETURN\n-A KUBE-POSTROUTING -j MARK --xor-mark ")
        natRules.append(mark)
        natRules.append("\n-A KUBE-POSTROUTING -m comment --comment \"kubernetes service traffic requiring SNAT\"")
        natRules.append(" -j MASQUERADE --random-fully\n-A KUBE-MARK-MASQ -j MARK --or-mark ")
        natRules.append(mark)
        natRules.append("\n")
        guard configuration.localhostNodePorts else { return }
        filterRules.append(
            """
            -A KUBE-FIREWALL -m comment --comment "block incoming localnet connections" -d 127.0.0.0/8 ! -s 127.0.0.0/8 \
            -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP\n
            """)
    }

    /// Writes a service: what leads to it, and with `withChains` its own chains.
    mutating func write(_ service: ServicePort, withChains: Bool) {
        name.removeAll(keepingCapacity: true)
        name.append(contentsOf: service.name.utf8)
        transport = service.transport == .tcp ? "tcp" : "udp"
        guard !service.endpoints.isEmpty else { return writeRejections(service) }
        message.removeAll(keepingCapacity: true)
        message.append(contentsOf: name)
        transport.withUTF8Buffer { message.append(contentsOf: $0) }
        suffix.removeAll(keepingCapacity: true)
        hash.appendSixteen(of: message, to: &suffix)
        writeEntrances(service)
        guard withChains else { return }
        writeInternal(service)
        writeExternal(service)
        writeFirewall(service)
        writeDispatch(service)
        writeEndpoints(service)
    }

    /// The whole input, with what does not belong to a service; with `isWhole` also canaries and jump rules.
    mutating func finish(isWhole: Bool, stale: [String]) -> [UInt8] {
        for chain in stale {
            natChains.append(":")
            natChains.append(text: chain)
            natChains.append(" - [0:0]\n")
            natRules.append("-X ")
            natRules.append(text: chain)
            natRules.append("\n")
        }
        natRules.append(
            """
            -A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain" \
            -m addrtype --dst-type LOCAL
            """)
        if !configuration.localhostNodePorts { natRules.append(" ! -d 127.0.0.0/8") }
        natRules.append(" -j KUBE-NODEPORTS\n")
        filterRules.append("-A KUBE-FORWARD -m conntrack --ctstate INVALID")
        if counters.contains(.invalid) { filterRules.append(text: IPTablesCounter.invalid.match) }
        filterRules.append(" -j DROP\n")
        filterRules.append("-A KUBE-FORWARD -m comment --comment \"kubernetes forwarding rules\" -m mark --mark ")
        filterRules.append(mark)
        filterRules.append("/")
        filterRules.append(mark)
        filterRules.append(" -j ACCEPT\n-A KUBE-FORWARD -m comment --comment \"kubernetes forwarding conntrack rule\"")
        filterRules.append(" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n")

        var whole = TextBuffer(
            capacity: filterRules.bytes.count + natChains.bytes.count + natRules.bytes.count + 8192)
        begin(.filter, isWhole, in: &whole)
        whole.append(filterRules.bytes)
        end(.filter, isWhole, in: &whole)
        begin(.nat, isWhole, in: &whole)
        whole.append(natChains.bytes)
        whole.append(natRules.bytes)
        end(.nat, isWhole, in: &whole)
        guard isWhole else { return whole.bytes }
        begin(.mangle, isWhole, in: &whole)
        end(.mangle, isWhole, in: &whole)
        return whole.bytes
    }

    private func begin(_ table: IPTablesTable, _ isWhole: Bool, in buffer: inout TextBuffer) {
        buffer.append("*")
        buffer.append(text: table.rawValue)
        buffer.append("\n")
        var chains = isWhole ? table.fixedChains : table.filledChains
        if !isWhole, table == .filter, configuration.localhostNodePorts {
            chains.append(IPTablesTable.localnetFirewall)
        }
        for chain in chains {
            buffer.append(":")
            buffer.append(chain)
            buffer.append(" - [0:0]\n")
        }
    }

    private func end(_ table: IPTablesTable, _ isWhole: Bool, in buffer: inout TextBuffer) {
        if isWhole { for jump in JumpRule.all where jump.table == table { jump.write(to: &buffer) } }
        buffer.append("COMMIT\n")
    }
}

// MARK: What leads to a service

extension IPTablesWriter {
    private mutating func writeEntrances(_ service: ServicePort) {
        natRules.append("-A KUBE-SERVICES")
        comment(" cluster IP")
        destination(service.clusterIP, service.port)
        jump("KUBE-SVC-")
        switch service.exposure {
        case .clusterIP: break
        case .nodePort(let port): writeNodePort(port)
        case .loadBalancer(let address, let port, let ranges):
            natRules.append("-A KUBE-SERVICES")
            comment(" loadbalancer IP")
            destination(address, service.port)
            jump(ranges.isEmpty ? "KUBE-EXT-" : "KUBE-FW-")
            if !ranges.isEmpty {
                filterRules.append("-A KUBE-PROXY-FIREWALL -m comment --comment \"")
                filterRules.append(name)
                filterRules.append(" traffic not accepted by KUBE-FW-")
                filterRules.append(suffix)
                filterRules.append("\"")
                filterDestination(address, service.port, "DROP")
            }
            if let port { writeNodePort(port) }
        }
    }

    private mutating func writeNodePort(_ port: UInt16) {
        if configuration.localhostNodePorts, counters.contains(.localhostNodePorts) {
            natRules.append("-A KUBE-NODEPORTS")
            comment("")
            protocolMatch()
            natRules.append(" -d 127.0.0.0/8 --dport ")
            natRules.append(number: Int(port))
            natRules.append(text: IPTablesCounter.localhostNodePorts.match)
            jump("KUBE-EXT-")
        }
        natRules.append("-A KUBE-NODEPORTS")
        comment("")
        protocolMatch()
        natRules.append(" --dport ")
        natRules.append(number: Int(port))
        jump("KUBE-EXT-")
    }

    /// A service without endpoints has nothing in `nat`: whoever asks for it is refused at once.
    private mutating func writeRejections(_ service: ServicePort) {
        reject("KUBE-SERVICES", service.clusterIP, service.port)
        switch service.exposure {
        case .clusterIP: break
        case .nodePort(let port): rejectNodePort(port)
        case .loadBalancer(let address, let port, _):
            reject("KUBE-EXTERNAL-SERVICES", address, service.port)
            if let port { rejectNodePort(port) }
        }
    }

    private mutating func reject(_ chain: StaticString, _ address: IPv4Address, _ port: UInt16) {
        filterRules.append("-A ")
        filterRules.append(chain)
        filterRules.append(" -m comment --comment \"")
        filterRules.append(name)
        filterRules.append(" has no endpoints\"")
        filterDestination(address, port, "REJECT")
    }

    private mutating func rejectNodePort(_ port: UInt16) {
        filterRules.append("-A KUBE-EXTERNAL-SERVICES -m comment --comment \"")
        filterRules.append(name)
        filterRules.append(" has no endpoints\" -m addrtype --dst-type LOCAL -m ")
        filterRules.append(transport)
        filterRules.append(" -p ")
        filterRules.append(transport)
        filterRules.append(" --dport ")
        filterRules.append(number: Int(port))
        filterRules.append(" -j REJECT\n")
    }

    private mutating func filterDestination(_ address: IPv4Address, _ port: UInt16, _ verdict: StaticString) {
        filterRules.append(" -m ")
        filterRules.append(transport)
        filterRules.append(" -p ")
        filterRules.append(transport)
        filterRules.append(" -d ")
        filterRules.append(address)
        filterRules.append(" --dport ")
        filterRules.append(number: Int(port))
        filterRules.append(" -j ")
        filterRules.append(verdict)
        filterRules.append("\n")
    }
}

// MARK: The chains of a service

extension IPTablesWriter {
    /// What comes from outside the pods of this node is masqueraded, so that answers come back the same way.
    private mutating func writeInternal(_ service: ServicePort) {
        natRules.append("-A KUBE-SVC-")
        natRules.append(suffix)
        comment(" cluster IP")
        destination(service.clusterIP, service.port)
        if !configuration.masqueradesAll { natRules.append(notLocal) }
        natRules.append(" -j KUBE-MARK-MASQ\n")
    }

    private mutating func writeExternal(_ service: ServicePort) {
        guard service.exposure != .clusterIP else { return }
        chain("KUBE-EXT-", suffix)
        natRules.append("-A KUBE-EXT-")
        natRules.append(suffix)
        natRules.append(" -m comment --comment \"masquerade traffic for ")
        natRules.append(name)
        natRules.append(" external destinations\" -j KUBE-MARK-MASQ\n-A KUBE-EXT-")
        natRules.append(suffix)
        jump("KUBE-SVC-")
    }

    private mutating func writeFirewall(_ service: ServicePort) {
        guard case .loadBalancer(let address, _, let ranges) = service.exposure, !ranges.isEmpty else { return }
        chain("KUBE-FW-", suffix)
        for range in ranges {
            natRules.append("-A KUBE-FW-")
            natRules.append(suffix)
            comment(" loadbalancer IP")
            natRules.append(" -s ")
            natRules.append(range)
            jump("KUBE-EXT-")
        }
        // The node itself comes with the balancer's address as its source.
        if service.letsNodeIn(configuration) {
            natRules.append("-A KUBE-FW-")
            natRules.append(suffix)
            comment(" loadbalancer IP")
            natRules.append(" -s ")
            natRules.append(address)
            jump("KUBE-EXT-")
        }
        natRules.append("-A KUBE-FW-")
        natRules.append(suffix)
        natRules.append(" -m comment --comment \"other traffic to ")
        natRules.append(name)
        natRules.append(" will be dropped by KUBE-PROXY-FIREWALL\"\n")
    }

    /// Picks an endpoint: the one of before with affinity, otherwise the i-th of n with probability 1/(n-i).
    private mutating func writeDispatch(_ service: ServicePort) {
        chain("KUBE-SVC-", suffix)
        endpointSuffixes.removeAll(keepingCapacity: true)
        let start = message.count
        for endpoint in service.endpoints {
            text.removeAll()
            text.append(endpoint.address)
            text.append(":")
            text.append(number: Int(endpoint.port))
            message.append(contentsOf: text.bytes)
            hash.appendSixteen(of: message, to: &endpointSuffixes)
            message.removeLast(message.count - start)
        }
        if let seconds = service.affinitySeconds {
            for (index, endpoint) in service.endpoints.enumerated() {
                beginDispatch(endpoint)
                natRules.append(" -m recent --name KUBE-SEP-")
                natRules.append(endpointSuffix(index))
                natRules.append(" --rcheck --seconds ")
                natRules.append(number: seconds)
                natRules.append(" --reap")
                jumpToEndpoint(index)
            }
        }
        let count = service.endpoints.count
        for (index, endpoint) in service.endpoints.enumerated() {
            beginDispatch(endpoint)
            if index < count - 1 {
                natRules.append(" -m statistic --mode random --probability ")
                natRules.append(probabilities.text(of: count - index))
            }
            jumpToEndpoint(index)
        }
    }

    private mutating func beginDispatch(_ endpoint: ServiceEndpoint) {
        natRules.append("-A KUBE-SVC-")
        natRules.append(suffix)
        guard !omitsComments else { return }
        natRules.append(" -m comment --comment \"")
        natRules.append(name)
        natRules.append(" -> ")
        natRules.append(endpoint.address)
        natRules.append(":")
        natRules.append(number: Int(endpoint.port))
        natRules.append("\"")
    }

    private mutating func jumpToEndpoint(_ index: Int) {
        natRules.append(" -j KUBE-SEP-")
        natRules.append(endpointSuffix(index))
        natRules.append("\n")
    }

    private mutating func writeEndpoints(_ service: ServicePort) {
        for (index, endpoint) in service.endpoints.enumerated() {
            chain("KUBE-SEP-", endpointSuffix(index))
            // A pod that meets itself must see another source, or it would answer to itself directly.
            beginEndpoint(index)
            natRules.append(" -s ")
            natRules.append(endpoint.address)
            natRules.append(" -j KUBE-MARK-MASQ\n")
            beginEndpoint(index)
            if service.affinitySeconds != nil {
                natRules.append(" -m recent --name KUBE-SEP-")
                natRules.append(endpointSuffix(index))
                natRules.append(" --set")
            }
            protocolMatch()
            natRules.append(" -j DNAT --to-destination ")
            natRules.append(endpoint.address)
            natRules.append(":")
            natRules.append(number: Int(endpoint.port))
            natRules.append("\n")
        }
    }

    private mutating func beginEndpoint(_ index: Int) {
        natRules.append("-A KUBE-SEP-")
        natRules.append(endpointSuffix(index))
        if !omitsComments { comment("") }
    }

    private func endpointSuffix(_ index: Int) -> ArraySlice<UInt8> {
        endpointSuffixes[index * 16..<index * 16 + 16]
    }
}

// MARK: Pieces

extension IPTablesWriter {
    private mutating func chain(_ prefix: StaticString, _ suffix: some Sequence<UInt8>) {
        natChains.append(":")
        natChains.append(prefix)
        natChains.append(sequence: suffix)
        natChains.append(" - [0:0]\n")
    }

    private mutating func comment(_ ending: StaticString) {
        natRules.append(" -m comment --comment \"")
        natRules.append(name)
        natRules.append(ending)
        natRules.append("\"")
    }

    private mutating func protocolMatch() {
        natRules.append(" -m ")
        natRules.append(transport)
        natRules.append(" -p ")
        natRules.append(transport)
    }

    private mutating func destination(_ address: IPv4Address, _ port: UInt16) {
        protocolMatch()
        natRules.append(" -d ")
        natRules.append(address)
        natRules.append(" --dport ")
        natRules.append(number: Int(port))
    }

    private mutating func jump(_ prefix: StaticString) {
        natRules.append(" -j ")
        natRules.append(prefix)
        natRules.append(suffix)
        natRules.append("\n")
    }
}
