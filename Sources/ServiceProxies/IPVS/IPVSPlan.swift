/// What the kernel has to hold for services, by how many of them need each thing.
///
/// A change costs what it changes: addresses and elements that other services need, too, are counted, not searched for.
struct IPVSPlan: Sendable {
    let configuration: ProxyConfiguration
    private(set) var addressUses: [IPv4Address: Int] = [:]
    private(set) var elementUses: [IPVSSetElement: Int] = [:]
    private(set) var elementsOfSet: [IPVSSet: Int] = [:]
    /// In the order of the services; each is a rule.
    private(set) var blocked: [IPVSNeeds.Blocked] = []

    /// No services.
    init(_ configuration: ProxyConfiguration) {
        self.configuration = configuration
    }

    /// The plan for services, with everything that has to be there for them, in their order.
    static func make(
        _ services: [ServicePort], _ configuration: ProxyConfiguration
    ) -> (plan: IPVSPlan, state: IPVSState) {
        var plan = IPVSPlan(configuration)
        plan.addressUses.reserveCapacity(services.count)
        plan.elementUses.reserveCapacity(2 * services.count)
        var state = IPVSState()
        for service in services { plan.add(IPVSNeeds(service, configuration), to: &state) }
        return (plan, state)
    }

    /// Carries a change out and says what it changes; after an error the plan is what it was.
    ///
    /// Only what changes is looked at: the other services were when they came.
    mutating func carryOut(_ change: ServiceChange) throws(ServiceProxyError) -> IPVSChange {
        let (old, new) = (change.old, change.new)
        if let new { try ServiceCheck.check([new]) }
        if old == nil, let new { try checkClash(of: new) }
        let difference = replace(old, by: new)
        do throws(ServiceProxyError) {
            try checkCapacity()
        } catch {
            _ = replace(new, by: old)
            throw error
        }
        return difference
    }

    /// Takes a service out and another one in, and says what that changes.
    mutating func replace(_ old: ServicePort?, by new: ServicePort?) -> IPVSChange {
        let before = old.map { IPVSNeeds($0, configuration) }
        let after = new.map { IPVSNeeds($0, configuration) }
        var gone = IPVSState()
        var come = IPVSState()
        // What both need comes into `gone` and into `come`; their difference leaves it out.
        if let before { remove(before, into: &gone) }
        if let after { add(after, to: &come) }
        return gone.change(to: come)
    }

    /// Throws when an address and port of a new service is another one's.
    func checkClash(of service: ServicePort) throws(ServiceProxyError) {
        // What several services may share is no clash: endpoints on this node.
        let clash = IPVSNeeds(service, configuration).elements.first { $0.set != .loopBack && elementUses[$0] != nil }
        guard let clash else { return }
        var text = TextBuffer()
        text.append(clash.text())
        throw ServiceProxyError(
            .badServices, operation: "take service", object: service.name,
            cause: "\(String(decoding: text.bytes, as: UTF8.self)) is another service's, too",
            nextStep: "give every service a name, an address and ports of its own")
    }

    /// Throws when a set would have to hold more than it can; kube-proxy goes on, and those services do not work.
    func checkCapacity() throws(ServiceProxyError) {
        for set in IPVSSet.allCases {
            let count = elementsOfSet[set] ?? 0
            // A bitmap has room for every port.
            guard count > IPVSSet.capacity, set.kind != "bitmap:port" else { continue }
            throw ServiceProxyError(
                .badServices, operation: "load services with", object: "ipvs",
                cause: "the ipset \(set.rawValue) would have \(count) elements, and takes \(IPVSSet.capacity)",
                nextStep: "ask for fewer services: kube-proxy goes on here, and the rest does not work")
        }
    }

    private mutating func add(_ needs: IPVSNeeds, to state: inout IPVSState) {
        state.served += needs.served
        for address in needs.addresses {
            addressUses[address, default: 0] += 1
            guard addressUses[address] == 1 else { continue }
            state.addresses.append(address)
            count(IPVSSetElement(set: .addresses, value: .address(address)), in: &state)
        }
        for element in needs.elements { count(element, in: &state) }
        if let one = needs.blocked { blocked.append(one) }
    }

    private mutating func count(_ element: IPVSSetElement, in state: inout IPVSState) {
        elementUses[element, default: 0] += 1
        guard elementUses[element] == 1 else { return }
        elementsOfSet[element.set, default: 0] += 1
        state.elements.append(element)
    }

    private mutating func remove(_ needs: IPVSNeeds, into state: inout IPVSState) {
        state.served += needs.served
        for address in needs.addresses where Self.release(address, in: &addressUses) {
            state.addresses.append(address)
            discount(IPVSSetElement(set: .addresses, value: .address(address)), in: &state)
        }
        for element in needs.elements { discount(element, in: &state) }
        if let one = needs.blocked { blocked.removeAll { $0 == one } }
    }

    private mutating func discount(_ element: IPVSSetElement, in state: inout IPVSState) {
        guard Self.release(element, in: &elementUses) else { return }
        elementsOfSet[element.set, default: 0] -= 1
        state.elements.append(element)
    }

    /// Whether nothing needs it any more.
    private static func release<Key: Hashable>(_ key: Key, in uses: inout [Key: Int]) -> Bool {
        guard let count = uses[key] else { return false }
        uses[key] = count > 1 ? count - 1 : nil
        return count == 1
    }
}
