import Testing

@testable import Commands

@Suite("doctor: what suffices")
struct DoctorTests {
    private static func entry(isHere: Bool, isOptional: Bool, isInGuest: Bool) -> DoctorCommand.Entry {
        DoctorCommand.Entry(
            what: "ipvs", purpose: "proxies", isHere: isHere, reason: nil, wayOut: nil, isOptional: isOptional,
            isInGuest: isInGuest)
    }

    @Test(
        "what is here, in the guest, or can be done without suffices; each has its word",
        arguments: [
            (true, false, false, "yes", true), (true, true, true, "yes", true), (false, true, false, "no", true),
            (false, false, true, "in guest", true), (false, true, true, "in guest", true),
            (false, false, false, "NO", false),
        ]
    )
    func judges(_ isHere: Bool, _ isOptional: Bool, _ isInGuest: Bool, _ word: String, _ suffices: Bool) {
        let entry = Self.entry(isHere: isHere, isOptional: isOptional, isInGuest: isInGuest)
        let good = Self.entry(isHere: true, isOptional: false, isInGuest: false)
        #expect(DoctorCommand.word(for: entry) == word)
        #expect(DoctorCommand.suffices([good, entry, good]) == suffices)
        #expect(DoctorCommand.suffices([entry]) == suffices)
    }
}
