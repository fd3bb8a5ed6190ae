import Statistics
import Testing

@testable import KernelGuest

@Suite("what a kernel module needs")
struct ModuleDependenciesTests {
    // As depmod of Debian 12 wrote it, shortened.
    private static let debian = ModuleDependencies(
        dependencies: """
            kernel/drivers/virtio/virtio_ring.ko:
            kernel/drivers/virtio/virtio.ko: kernel/drivers/virtio/virtio_ring.ko
            kernel/drivers/virtio/virtio_pci.ko: kernel/drivers/virtio/virtio.ko kernel/drivers/virtio/virtio_ring.ko
            kernel/net/9p/9pnet.ko:
            kernel/net/9p/9pnet_virtio.ko: kernel/net/9p/9pnet.ko kernel/drivers/virtio/virtio.ko \
            kernel/drivers/virtio/virtio_ring.ko
            kernel/drivers/char/hw_random/virtio-rng.ko.xz: kernel/drivers/virtio/virtio.ko
            """,
        builtIn: "kernel/net/ipv6/ipv6.ko\n"
    )

    @Test("what is needed comes first, each once")
    func order() throws {
        let files = try Self.debian.files(for: ["virtio_pci", "9pnet_virtio"])
        #expect(
            files.map(ModuleDependencies.name(ofFile:)) == [
                "virtio_ring", "virtio", "virtio_pci", "9pnet", "9pnet_virtio",
            ])
    }

    @Test("needs that have no line of their own come as the line says, the last one first")
    func withoutLines() throws {
        let short = ModuleDependencies(dependencies: "a.ko: b.ko c.ko", builtIn: "")
        #expect(try short.files(for: ["a"]) == ["c.ko", "b.ko", "a.ko"])
    }

    @Test("dashes and underscores are the same, and a compressed file is found")
    func names() throws {
        #expect(Self.debian.contains("virtio_rng"))
        #expect(try Self.debian.files(for: ["virtio-rng"]).last?.hasSuffix("virtio-rng.ko.xz") == true)
    }

    @Test("what is built in needs no file")
    func builtIn() throws {
        #expect(Self.debian.contains("ipv6"))
        #expect(try Self.debian.files(for: ["ipv6"]).isEmpty)
    }

    @Test("a module that the kernel does not have is named")
    func missing() {
        let error = #expect(throws: GuestError.self) { try Self.debian.files(for: ["ip_vs"]) }
        #expect(error?.code == .missing)
        #expect(error?.description.contains("the module ip_vs") == true)
    }

    @Test("in any graph without a circle every file stands behind what it needs", arguments: 1...30)
    func property(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var needs: [Int: Set<Int>] = [:]
        for module in 0..<Int.random(in: 1...25, using: &random) {
            let direct = (0..<module).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
            // modules.dep lists all needs, not only the direct ones, the nearest first.
            needs[module] = direct.reduce(into: Set(direct)) { $0.formUnion(needs[$1] ?? []) }
        }
        let lines = needs.map { module, all in
            "m\(module).ko: " + all.sorted(by: >).map { "m\($0).ko" }.joined(separator: " ")
        }
        let dependencies = ModuleDependencies(dependencies: lines.joined(separator: "\n"), builtIn: "")
        let wanted = needs.keys.shuffled(using: &random).map { "m\($0)" }
        let files = try dependencies.files(for: wanted)
        #expect(Set(files).count == files.count)
        #expect(files.count == needs.count)
        for (module, all) in needs {
            let place = try #require(files.firstIndex(of: "m\(module).ko"))
            for need in all {
                #expect(try #require(files.firstIndex(of: "m\(need).ko")) < place)
            }
        }
    }
}
