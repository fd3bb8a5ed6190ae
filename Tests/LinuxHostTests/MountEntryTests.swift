import Testing

@testable import LinuxHost

@Suite("Reading the list of mounts")
struct MountEntryTests {
    private func entry(_ line: String) -> MountEntry? { MountEntry(line: Array(line.utf8)) }

    @Test(
        "number, parent, place and kind are found, with any number of optional fields",
        arguments: [
            (
                "78 64 0:40 /netns /run/netns rw,relatime shared:1 master:2 - tmpfs tmpfs rw", 78, 64, "/run/netns",
                "tmpfs"
            ),
            ("80 79 0:4 net:[4026532248] /run/netns/old rw - nsfs nsfs rw", 80, 79, "/run/netns/old", "nsfs"),
            (#"5 1 8:1 / /a\040b\134c\011 rw - ext4 /dev/sda1 rw"#, 5, 1, "/a b\\c\t", "ext4"),
            (#"6 1 8:1 / /odd\04 rw - ext4 /dev/sda1 rw"#, 6, 1, #"/odd\04"#, "ext4"),
        ] as [(String, UInt64, UInt64, String, String)]
    )
    func fields(_ line: String, _ number: UInt64, _ parent: UInt64, _ place: String, _ kind: String) {
        #expect(entry(line) == MountEntry(number: number, parent: parent, mountPoint: place, kind: kind))
    }

    @Test(
        "what is no such line is nothing", arguments: ["", "1 2 3", "a b 0:1 / / rw - x y z", "1 2 0:1 / / rw x y z"])
    func refused(_ line: String) {
        #expect(entry(line) == nil)
    }

    @Test("this process sees its own root among the mounts")
    func own() {
        #expect(MountEntry.all().contains { $0.mountPoint == "/" })
    }

    @Test("every mount of a name is found in the mount that holds it, with the way from there")
    func holders() {
        let mounts = [
            MountEntry(number: 1, parent: 0, mountPoint: "/", kind: "ext4"),
            MountEntry(number: 2, parent: 1, mountPoint: "/run", kind: "tmpfs"),
            MountEntry(number: 3, parent: 2, mountPoint: "/run/netns/a", kind: "nsfs"),
            MountEntry(number: 4, parent: 2, mountPoint: "/run/netns", kind: "tmpfs"),
            MountEntry(number: 5, parent: 4, mountPoint: "/run/netns/a", kind: "nsfs"),
            MountEntry(number: 6, parent: 4, mountPoint: "/run/netns/ab", kind: "nsfs"),
            MountEntry(number: 7, parent: 1, mountPoint: "/run/netns/a", kind: "nsfs"),
        ]
        let found = ShadowedMount.holders(of: "/run/netns/a", in: mounts)
        #expect(found.map(\.mount.number) == [2, 4, 1])
        #expect(found.map(\.directory) == ["netns", "", "run/netns"])
    }
}
