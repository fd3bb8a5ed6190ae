/// Elements of sets and maps with a name: by these a packet finds its service.
extension NFTWriter {
    /// Writes the commands that add the elements of the service whose chains were written last.
    mutating func writeElements(of service: ServicePort) {
        eachElement(of: service) { writer, container, key, rest in
            writer.write("add element ip kube-proxy \(container.name) { \(key)\(rest) }")
        }
    }

    /// The same elements, to be compared with others; the writer has to have turned to their service.
    mutating func elements(of service: ServicePort) -> [NFTElement] {
        var elements: [NFTElement] = []
        eachElement(of: service) { writer, container, key, rest in
            elements.append(NFTElement(container: container, key: writer.bytes(key), rest: writer.bytes(rest)))
        }
        return elements
    }

    mutating func add(_ element: NFTElement) {
        let key = words.put(element.key)
        let rest = words.put(element.rest)
        write("add element ip kube-proxy \(element.container.name) { \(key)\(rest) }")
        words.forget(from: key)
    }

    mutating func delete(_ element: NFTElement) {
        let key = words.put(element.key)
        write("delete element ip kube-proxy \(element.container.name) { \(key) }")
        words.forget(from: key)
    }

    /// Hands out elements: the set or map, the key, and what stands behind that.
    @inline(__always)
    private mutating func eachElement(
        of service: ServicePort, _ take: (inout NFTWriter, NFTElement.Container, RuleText, RuleText) -> Void
    ) {
        take(&self, .clusterIPs, "\(service.clusterIP)", "")
        guard !service.endpoints.isEmpty else { return eachRejection(of: service, take) }
        let (transport, port) = (service.transport, service.port)
        take(&self, .serviceIPs, "\(service.clusterIP) . \(transport) . \(port)", " : goto service-\(base)")
        if case .loadBalancer(let address, _, let ranges) = service.exposure {
            take(&self, .serviceIPs, "\(address) . \(transport) . \(port)", " : goto external-\(base)")
            if !ranges.isEmpty {
                take(&self, .firewallIPs, "\(address) . \(transport) . \(port)", " : goto firewall-\(base)")
            }
        }
        if let nodePort = service.nodePort {
            take(&self, .serviceNodePorts, "\(transport) . \(nodePort)", " : goto external-\(base)")
        }
        guard layout == .endpointMaps else { return }
        for endpoint in service.endpoints where endpoint.isLocal {
            take(&self, .hairpin, "\(endpoint.address) . \(endpoint.address) . \(transport) . \(endpoint.port)", "")
        }
    }

    /// Of a service without endpoints: whoever asks for it is refused at once, if the firewall lets it come so far.
    @inline(__always)
    private mutating func eachRejection(
        of service: ServicePort, _ take: (inout NFTWriter, NFTElement.Container, RuleText, RuleText) -> Void
    ) {
        let (transport, port) = (service.transport, service.port)
        let name = words.put(text: service.name)
        let rest: RuleText = " comment \"\(name)\" : goto reject-chain"
        take(&self, .noEndpointServices, "\(service.clusterIP) . \(transport) . \(port)", rest)
        if case .loadBalancer(let address, _, let ranges) = service.exposure {
            take(&self, .noEndpointServices, "\(address) . \(transport) . \(port)", rest)
            if !ranges.isEmpty {
                take(&self, .firewallIPs, "\(address) . \(transport) . \(port)", " : goto firewall-\(base)")
            }
        }
        if let nodePort = service.nodePort {
            take(&self, .noEndpointNodePorts, "\(transport) . \(nodePort)", rest)
        }
    }

    private mutating func bytes(_ text: RuleText) -> [UInt8] {
        let word = words.put(text)
        defer { words.forget(from: word) }
        return words.bytes(of: word)
    }
}
