import Results
import Testing

@Suite("Sortable identifiers")
struct SortableIDTests {
    @Test("identifiers are valid, distinct, and in the order in which they were made, even when the clock steps back")
    func order() {
        let base = Timestamp.now().millisecondsSinceEpoch
        let ids = (0..<5000).map { step in
            SortableID.make(now: Timestamp(millisecondsSinceEpoch: base - Int64(step % 7)))
        }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
        #expect(ids.allSatisfy(SortableID.isValid))
    }

    @Test("the first ten characters are the milliseconds in base 32")
    func time() {
        // Far in the future, so that no other identifier of this process pushes it on.
        let id = SortableID.make(now: Timestamp(millisecondsSinceEpoch: 253_402_300_799_999))
        let digits = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        let milliseconds = id.prefix(10).reduce(0) { $0 * 32 + (digits.firstIndex(of: $1) ?? -1) }
        #expect(milliseconds == 253_402_300_799_999)
    }

    @Test("many tasks at once get distinct identifiers")
    func concurrent() async {
        let ids = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<500).map { _ in SortableID.make() } }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(ids).count == 4000)
    }

    @Test(
        "other texts are no identifiers",
        arguments: [
            "", "latest", "01JDB3", "01JDB3KX2Q0000000000000OIL", "81JDB3KX2Q0000000000000000",
            "01jdb3kx2q0000000000000000",
        ]
    )
    func invalid(text: String) {
        #expect(!SortableID.isValid(text))
    }
}
