/// The textual paths of values, such as `spec.tests[1].duration`.
enum PathText {
    static func key(_ key: String, under path: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    static func index(_ index: Int, under path: String) -> String {
        "\(path)[\(index)]"
    }
}
