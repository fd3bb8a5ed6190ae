import Testing

@testable import Resources

@Suite("The nearest name")
struct NearestNameTests {
    @Test(
        "edits are counted",
        arguments: [
            ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("brigde", "bridge", 1),
            ("a", "b", 1),
            ("ca", "abc", 3),
        ]
    )
    func countsEdits(left: String, right: String, distance: Int) {
        #expect(NearestName.distance(left, right) == distance)
        #expect(NearestName.distance(right, left) == distance)
    }

    @Test(
        "a name is suggested only when it is near",
        arguments: [
            ("node", "nodes"), ("Nodes", "nodes"), ("nodse", "nodes"), ("families", "families"), ("family", nil),
            ("vxlan", "bridge-vxlan"), ("x", nil), ("", nil), ("calico", nil),
        ] as [(String, String?)]
    )
    func suggests(text: String, expected: String?) {
        #expect(NearestName.of(text, among: ["nodes", "families", "bridge-vxlan", "seed"]) == expected)
    }
}
