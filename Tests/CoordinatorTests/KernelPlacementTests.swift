import Contract
import Coordinator
import LinuxHost
import Testing

@Suite("On which kernel a run takes place")
struct KernelPlacementTests {
    private static let debian = KernelPlacement.Offer.available(release: "6.1", lacking: [])
    private static let poor = KernelPlacement.Offer.available(release: "6.1", lacking: [.ipvs])
    private static let none = KernelPlacement.Offer.missing("install linux-image-amd64")

    @Test("a host that has everything is taken, unless a guest is asked for", arguments: [debian, poor, none])
    func complete(offer: KernelPlacement.Offer) {
        #expect(KernelPlacement.decide(.auto, lacking: [:], guest: offer) == .host(lacking: [:]))
        #expect(KernelPlacement.decide(.host, lacking: [:], guest: offer) == .host(lacking: [:]))
    }

    @Test("the whole run moves when the host lacks something that the guest has")
    func moves() {
        let decision = KernelPlacement.decide(.auto, lacking: [.ipvs: "no", .netem: "no"], guest: Self.debian)
        #expect(decision == .guest(reason: "the kernel of this machine has no ipvs, netem"))
        // Some of it is better than none.
        guard case .guest = KernelPlacement.decide(.auto, lacking: [.ipvs: "no", .netem: "no"], guest: Self.poor)
        else {
            Issue.record("netem is in the guest")
            return
        }
    }

    @Test("without a guest the host is taken, and what is skipped says why and what to install")
    func skips() throws {
        let words = try Self.words(.auto, Self.none)
        #expect(words.hasPrefix("this kernel has no ipvs: not built in"))
        #expect(words.contains("install linux-image-amd64"))
    }

    @Test("a guest that lacks the same is not booted")
    func useless() throws {
        #expect(try Self.words(.auto, Self.poor).contains("Linux 6.1, which could be booted as a guest, has none"))
    }

    @Test("--kernel host skips, and says that it could be otherwise")
    func host() throws {
        #expect(try Self.words(.host, Self.debian).contains("Leave out --kernel host"))
    }

    @Test("--kernel guest is obeyed, or refused with the packages")
    func guest() {
        #expect(
            KernelPlacement.decide(.guest, lacking: [:], guest: Self.debian)
                == .guest(reason: "asked for with --kernel guest"))
        #expect(
            KernelPlacement.decide(.guest, lacking: [:], guest: Self.none)
                == .refused("--kernel guest: install linux-image-amd64"))
    }

    private static func words(_ choice: KernelChoice, _ offer: KernelPlacement.Offer) throws -> String {
        let decision = KernelPlacement.decide(choice, lacking: [.ipvs: "not built in"], guest: offer)
        guard case .host(let lacking) = decision else {
            Issue.record("\(decision)")
            return ""
        }
        return try #require(lacking[.ipvs])
    }
}
