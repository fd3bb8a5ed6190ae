import Digests
import Foundation
import Testing

@testable import Processes

@Suite("What a program is")
struct ProgramFactsTests {
    @Test("a program is told by its file through links, and by its content")
    func links() async throws {
        let directory = FileManager.default.temporaryDirectory.path + "/program-facts-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        try "#!/bin/true\n".write(toFile: "\(directory)/real", atomically: false, encoding: .utf8)
        try FileManager.default.createSymbolicLink(
            atPath: "\(directory)/link", withDestinationPath: "\(directory)/real")
        let first = await ProgramFacts.read(["tool.x": "\(directory)/link", "tool.gone": "\(directory)/gone"])
        let real = try #require(first["tool.x.path"])
        #expect(real.hasSuffix("/real") && !real.contains("/link"))
        #expect(first["tool.x.sha256"] == SHA256Digest(of: "#!/bin/true\n").description)
        #expect(first["tool.x.package"] == nil)
        #expect(first.keys.allSatisfy { $0.hasPrefix("tool.x.") })
        try "#!/bin/true \n".write(toFile: "\(directory)/real", atomically: false, encoding: .utf8)
        let second = await ProgramFacts.read(["tool.x": "\(directory)/link"])
        #expect(second["tool.x.sha256"] != first["tool.x.sha256"] && second["tool.x.path"] == real)
    }

    @Test("this process is a program like others, and one that is not installed is left out")
    func named() async {
        let own = await ProgramFacts.read(["me": "/proc/self/exe"])
        #expect(own["me.sha256"]?.count == 64 && own["me.path"]?.hasPrefix("/proc") == false)
        #expect(await ProgramFacts.read(named: ["no-such-program-here"], under: "tool.").isEmpty)
    }

    @Test(
        "a program of a package is told with it, also where /bin is a link to /usr/bin",
        .enabled(if: Programs.find("dpkg-query") != nil, "dpkg is not installed"))
    func package() async throws {
        let facts = await ProgramFacts.read(named: ["sh", "dpkg"], under: "tool.")
        #expect(try #require(facts["tool.dpkg.package"]).hasPrefix("dpkg "))
        #expect(try #require(facts["tool.dpkg.package"]).split(separator: " ").count == 2)
        #expect(facts["tool.sh.package"] != nil)
    }

    @Test("what dpkg-query prints is read line by line")
    func listings() {
        let found = DebianPackages.packages(
            in: "diversion by a from: /bin/x\ndash, other: /bin/sh\nlibc6:amd64: /lib/x: y\nnonsense\n")
        #expect(found == ["/bin/sh": "dash", "/lib/x: y": "libc6:amd64"])
        let versions = DebianPackages.versions(in: "libc6:amd64 2.36-9\ndash 0.5.12\nbroken\n")
        #expect(versions["libc6"] == "2.36-9" && versions["libc6:amd64"] == "2.36-9" && versions["dash"] == "0.5.12")
        #expect(DebianPackages.spellings("/usr/bin/sh") == ["/usr/bin/sh", "/bin/sh"])
        #expect(DebianPackages.spellings("/opt/x") == ["/opt/x"])
    }
}
