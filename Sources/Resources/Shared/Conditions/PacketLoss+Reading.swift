import Contract
import Quantities

extension PacketLoss {
    private enum Key: String, CaseIterable {
        case share
        case correlation
        case gilbertElliott
        case fourStates
    }

    private enum Chain: String, CaseIterable {
        case toBad
        case toGood
        case lossInBad
        case lossInGood
    }

    private enum States: String, CaseIterable {
        case p13
        case p31
        case p32
        case p23
        case p14
    }

    /// A share, or a mapping with `share` and `correlation`, with `gilbertElliott`, or with `fourStates`.
    init?(reading reader: NodeReader) {
        guard reader.isMapping else {
            guard let share = PacketShare(reading: reader) else { return nil }
            self = .random(share)
            return
        }
        guard let keyed = reader.keyed(by: Key.self) else { return nil }
        let models: [Key] = [.share, .gilbertElliott, .fourStates].filter { keyed[$0] != nil }
        guard models.count == 1 else {
            reader.fail(
                "expected one of share, gilbertElliott and fourStates, found \(models.isEmpty ? "none" : "several")")
            return nil
        }
        if models != [.share] { keyed[.correlation]?.fail("goes with share only; the chain has its own memory") }
        switch models[0] {
        case .gilbertElliott: self.init(chain: keyed[.gilbertElliott])
        case .fourStates: self.init(states: keyed[.fourStates])
        case .share, .correlation:
            guard let share = PacketShare(reading: reader) else { return nil }
            self = .random(share)
        }
    }

    private init?(chain reader: NodeReader?) {
        guard let keyed = reader?.keyed(by: Chain.self) else { return nil }
        let toBad = keyed.require(.toBad, "the chance to go from good to bad") { $0.share() }
        let toGood = keyed.require(.toGood, "the chance to go from bad to good") { $0.share() }
        let bad = keyed.read(.lossInBad, default: Ratio(fraction: 1)) { $0.share() }
        let good = keyed.read(.lossInGood, default: Ratio(fraction: 0)) { $0.share() }
        guard let toBad, let toGood, let bad, let good else { return nil }
        self = .gilbertElliott(
            GilbertElliott(
                toBad: toBad.fraction, toGood: toGood.fraction, lossInBad: bad.fraction, lossInGood: good.fraction))
    }

    private init?(states reader: NodeReader?) {
        guard let keyed = reader?.keyed(by: States.self) else { return nil }
        func chance(_ key: States) -> Double? {
            keyed.read(key, default: Ratio(fraction: 0)) { $0.share() }.map(\.fraction)
        }
        guard let p13 = chance(.p13), let p31 = chance(.p31), let p32 = chance(.p32), let p23 = chance(.p23),
            let p14 = chance(.p14)
        else { return nil }
        self = .fourStates(FourStates(p13: p13, p31: p31, p32: p32, p23: p23, p14: p14))
    }

    var canonical: CanonicalValue {
        func text(_ share: Double) -> CanonicalValue { .text(Ratio(fraction: share)) }
        switch self {
        case .random(let share): return share.canonical
        case .gilbertElliott(let chain):
            return .object([
                "gilbertElliott": .object([
                    "toBad": text(chain.toBad), "toGood": text(chain.toGood), "lossInBad": text(chain.lossInBad),
                    "lossInGood": text(chain.lossInGood),
                ])
            ])
        case .fourStates(let chain):
            return .object([
                "fourStates": .object([
                    "p13": text(chain.p13), "p31": text(chain.p31), "p32": text(chain.p32), "p23": text(chain.p23),
                    "p14": text(chain.p14),
                ])
            ])
        }
    }
}
