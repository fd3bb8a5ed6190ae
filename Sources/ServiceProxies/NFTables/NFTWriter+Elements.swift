extension NFTWriter {
    /// The elements that a service has in sets and maps with a name; its chains have to be written before.
    mutating func elements(of service: ServicePort) -> [NFTElement] {
        take(service)
        var elements = [NFTElement(container: .clusterIPs, key: made { $0.append(service.clusterIP) })]
        let hasEndpoints = !service.endpoints.isEmpty
        entrance(service, service.clusterIP, "service-", to: &elements)
        switch service.exposure {
        case .clusterIP: break
        case .nodePort(let port): nodePort(port, hasEndpoints, service, to: &elements)
        case .loadBalancer(let address, let port, let ranges):
            entrance(service, address, "external-", to: &elements)
            if !ranges.isEmpty {
                elements.append(
                    NFTElement(
                        container: .firewallIPs, key: key(address, service.port), verdict: goto("firewall-")))
            }
            if let port { nodePort(port, hasEndpoints, service, to: &elements) }
        }
        guard layout == .endpointMaps else { return elements }
        for endpoint in service.endpoints where endpoint.isLocal {
            elements.append(NFTElement(container: .hairpin, key: hairpinKey(endpoint)))
        }
        return elements
    }

    private mutating func entrance(
        _ service: ServicePort, _ address: IPv4Address, _ prefix: StaticString, to elements: inout [NFTElement]
    ) {
        let key = key(address, service.port)
        elements.append(
            service.endpoints.isEmpty
                ? NFTElement(
                    container: .noEndpointServices, key: key, comment: comment(service),
                    verdict: Array("goto reject-chain".utf8))
                : NFTElement(container: .serviceIPs, key: key, verdict: goto(prefix)))
    }

    private mutating func nodePort(
        _ port: UInt16, _ hasEndpoints: Bool, _ service: ServicePort, to elements: inout [NFTElement]
    ) {
        let transport = transport
        let key = made {
            $0.append(transport)
            $0.append(" . ")
            $0.append(number: Int(port))
        }
        elements.append(
            hasEndpoints
                ? NFTElement(container: .serviceNodePorts, key: key, verdict: goto("external-"))
                : NFTElement(
                    container: .noEndpointNodePorts, key: key, comment: comment(service),
                    verdict: Array("goto reject-chain".utf8)))
    }

    private mutating func key(_ address: IPv4Address, _ port: UInt16) -> [UInt8] {
        let transport = transport
        return made {
            $0.append(address)
            $0.append(" . ")
            $0.append(transport)
            $0.append(" . ")
            $0.append(number: Int(port))
        }
    }

    private mutating func hairpinKey(_ endpoint: ServiceEndpoint) -> [UInt8] {
        let transport = transport
        return made {
            $0.append(endpoint.address)
            $0.append(" . ")
            $0.append(endpoint.address)
            $0.append(" . ")
            $0.append(transport)
            $0.append(" . ")
            $0.append(number: Int(endpoint.port))
        }
    }

    private mutating func goto(_ prefix: StaticString) -> [UInt8] {
        let base = names.base
        return made {
            $0.append("goto ")
            $0.append(prefix)
            $0.append(base)
        }
    }

    private func comment(_ service: ServicePort) -> [UInt8] {
        Array(" comment \"\(service.name)\"".utf8)
    }

    private mutating func made(_ write: (inout TextBuffer) -> Void) -> [UInt8] {
        text.removeAll()
        write(&text)
        return text.bytes
    }

    /// Writes the line that adds an element.
    mutating func add(_ element: NFTElement) {
        buffer.append("add element ip kube-proxy ")
        buffer.append(text: element.container.rawValue)
        buffer.append(" { ")
        buffer.append(element.key)
        buffer.append(element.comment)
        if !element.verdict.isEmpty {
            buffer.append(" : ")
            buffer.append(element.verdict)
        }
        buffer.append(" }\n")
    }

    /// Writes the line that deletes an element.
    mutating func delete(_ element: NFTElement) {
        buffer.append("delete element ip kube-proxy ")
        buffer.append(text: element.container.rawValue)
        buffer.append(" { ")
        buffer.append(element.key)
        buffer.append(" }\n")
    }

    /// Writes the line that empties a chain.
    mutating func flush(chain: [UInt8]) {
        buffer.append("flush chain ip kube-proxy ")
        buffer.append(chain)
        buffer.append("\n")
    }

    /// Writes the line that deletes a chain.
    mutating func delete(chain: [UInt8]) {
        buffer.append("delete chain ip kube-proxy ")
        buffer.append(chain)
        buffer.append("\n")
    }

    /// Writes the line that deletes a set.
    mutating func delete(set: [UInt8]) {
        buffer.append("delete set ip kube-proxy ")
        buffer.append(set)
        buffer.append("\n")
    }
}
