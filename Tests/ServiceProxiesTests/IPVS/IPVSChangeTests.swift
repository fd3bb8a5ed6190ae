import Netlink
import Statistics
import TestSupport
import Testing

@testable import ServiceProxies

@Suite("What a change of services changes in IPVS")
struct IPVSChangeTests {
    static let configuration = IPVSPlanTests.configuration

    /// A kernel of our own: takes requests as IPVS does, and refuses what it would refuse.
    struct Model {
        var tables: [IPVSService.Key: (service: IPVSService, destinations: Set<IPVSDestination>)] = [:]
        var refused = 0

        mutating func take(_ change: IPVSChange) {
            for request in change.requests { take(request) }
        }

        private mutating func take(_ request: IPVSRequest) {
            switch request {
            case .addService(let service):
                if tables[service.key] != nil { refused += 1 }
                tables[service.key] = (service, [])
            case .setService(let service):
                if tables[service.key] == nil { refused += 1 }
                tables[service.key]?.service = service
            case .deleteService(let key):
                if tables.removeValue(forKey: key) == nil { refused += 1 }
            case .addDestination(let destination, let key):
                let isThere = tables[key]?.destinations.contains { $0.isSameServer(as: destination) } ?? true
                if isThere { refused += 1 }
                tables[key]?.destinations.insert(destination)
            case .setDestination(let destination, let key):
                guard let old = tables[key]?.destinations.first(where: { $0.isSameServer(as: destination) }) else {
                    refused += 1
                    return
                }
                tables[key]?.destinations.remove(old)
                tables[key]?.destinations.insert(destination)
            case .deleteDestination(let destination, let key):
                if tables[key]?.destinations.remove(destination) == nil { refused += 1 }
            case .flush: tables = [:]
            }
        }

        func holds(_ state: IPVSState) -> Bool {
            tables.count == state.served.count
                && state.served.allSatisfy { served in
                    tables[served.service.key]?.service == served.service
                        && tables[served.service.key]?.destinations == Set(served.destinations)
                }
        }
    }

    @Test("changes one after the other lead to what a full sync would, and none is refused")
    func walk() throws {
        var random = SeededGenerator(seed: 11)
        var services = SampleServices.everyKind()
        var (plan, state) = IPVSPlan.make(services, Self.configuration)
        var model = Model()
        model.take(IPVSState().change(to: state))
        var addresses = Set(state.addresses)
        var elements = Set(state.elements)
        let spare = SampleServices.make(60, endpoints: 3, from: 100, localEndpoints: 1)
        for step in 0..<300 {
            let change: IPVSChange
            if step % 3 == 0, let new = spare.randomElement(using: &random),
                !services.contains(where: { $0.name == new.name })
            {
                services.append(new)
                change = plan.replace(nil, by: new)
            } else if step % 3 == 1, services.count > 1 {
                let old = services.remove(at: .random(in: services.indices, using: &random))
                change = plan.replace(old, by: nil)
            } else {
                let index = Int.random(in: services.indices, using: &random)
                let old = services[index]
                services[index].endpoints =
                    SampleServices.make(1, endpoints: .random(in: 0...4, using: &random), from: index)[0].endpoints
                change = plan.replace(old, by: services[index])
            }
            model.take(change)
            addresses = addresses.subtracting(change.removedAddresses).union(change.addedAddresses)
            elements = elements.subtracting(change.removedElements).union(change.addedElements)
            state = IPVSPlan.make(services, Self.configuration).state
            #expect(model.holds(state))
            #expect(addresses == Set(state.addresses))
            #expect(elements == Set(state.elements))
        }
        #expect(model.refused == 0)
    }

    @Test("over a state of anything a full sync programs the difference only")
    func restart() {
        let before = IPVSPlan.make(SampleServices.make(50, endpoints: 2), Self.configuration).state
        #expect(before.change(to: before) == IPVSChange())
        var after = before
        after.served[3].service.scheduler = "wrr"
        after.served[4].destinations[1].weight = 0
        after.served.removeLast()
        let change = before.change(to: after)
        #expect(change.requests.count == 3)
        var model = Model()
        model.take(IPVSState().change(to: before))
        model.take(change)
        #expect(model.holds(after))
        #expect(model.refused == 0)
    }

    @Test("lines about one set stand together, whatever services they are for")
    func grouped() {
        let state = IPVSPlan.make(SampleServices.everyKind(), Self.configuration).state
        let lines = String(decoding: IPSetText.restore(IPVSState().change(to: state), creating: false), as: UTF8.self)
            .split(separator: "\n")
        let sets = lines.compactMap { $0.split(separator: " ").dropFirst().first }
        let changes = zip(sets, sets.dropFirst()).filter { $0 != $1 }.count
        #expect(changes == Set(sets).count - 1)
        #expect(lines.count == state.elements.count)
    }

    @Test("what goes makes room for what comes, as a set takes so many elements only")
    func room() {
        let services = SampleServices.everyKind()
        let (old, new) = (services.prefix(services.count / 2), services.dropFirst(services.count / 2))
        let change = IPVSPlan.make(Array(old), Self.configuration).state
            .change(to: IPVSPlan.make(Array(new), Self.configuration).state)
        let verbs = String(decoding: IPSetText.restore(change, creating: false), as: UTF8.self)
            .split(separator: "\n").map { $0.prefix(3) }
        #expect(verbs == verbs.filter { $0 == "del" } + verbs.filter { $0 == "add" })
        #expect(Set(verbs).count == 2)
    }

    @Test("what ipset saves is read as what was restored")
    func savedSets() throws {
        let state = IPVSPlan.make(SampleServices.everyKind(), Self.configuration).state
        let restored = String(decoding: IPSetText.restore(IPVSState().change(to: state), creating: true), as: UTF8.self)
        // ipset lists the elements of each set behind the line that makes it.
        let lines = restored.split(separator: "\n").map { $0.replacing(" -exist", with: "") }
        var listing = ""
        for creation in lines where creation.hasPrefix("create") {
            listing += creation + "\n"
            let name = creation.split(separator: " ")[1]
            for line in lines where line.hasPrefix("add \(name) ") { listing += line + "\n" }
        }
        listing += "create other hash:ip family inet\nadd other 10.0.0.1\n"
        let saved = try IPSetText.read(listing)
        #expect(saved.names == IPVSSet.allCases.map(\.rawValue))
        #expect(Set(saved.elements) == Set(state.elements))
        #expect(saved.elements.count == state.elements.count)
    }

    @Test(
        "an element that cannot be is not passed over",
        arguments: [
            "10.0.0.1", "10.0.0.256,tcp:80", "10.0.0.1,sctp:80", "10.0.0.1,tcp:70000", "10.0.0.1,tcp:80,1.2.3.4", "",
        ])
    func badElement(text: String) {
        let listing =
            "create KUBE-CLUSTER-IP hash:ip,port family inet\nadd KUBE-CLUSTER-IP \(text.isEmpty ? "x" : text)\n"
        let error = #expect(throws: ServiceProxyError.self) { try IPSetText.read(listing) }
        #expect(error?.code == .rubbish)
    }

    @Test("rules are put in place once: a jump that is there is not added again")
    func jumps() throws {
        let rules = IPVSRules(IPVSPlan.make(SampleServices.everyKind(), Self.configuration).plan)
        let first = String(decoding: rules.text(over: IPTablesSurvey()), as: UTF8.self)
        #expect(first.split(separator: "\n").filter { $0.hasPrefix("-I ") }.count == 9)
        let saved = first.replacing("-I ", with: "-A ")
        let again = String(
            decoding: rules.text(over: try IPTablesSurvey(Array(saved.utf8), from: "test")), as: UTF8.self)
        #expect(!again.contains("-I "))
        #expect(again == String(decoding: rules.text(over: nil), as: UTF8.self))
        let counts = try IPTablesSurvey(Array(saved.utf8), from: "test").counts
        #expect(counts == rules.counts)
    }
}
