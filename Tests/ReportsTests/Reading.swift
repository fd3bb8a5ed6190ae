import Foundation
import FoundationXML
import Quantities

/// How the readers of each language read it, written after their grammars and not after our writers.
enum Reading {
    /// The records of RFC 4180, by scalars; nil when a quote stands where none may.
    static func csv(_ text: String) -> [[String]]? {
        var records: [[String]] = []
        var record: [String] = []
        var field = String.UnicodeScalarView()
        var rest = Array(text.unicodeScalars)[...]
        func end() {
            record.append(String(field))
            field = String.UnicodeScalarView()
        }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\"" where field.isEmpty:
                quoted: while true {
                    guard let inner = rest.popFirst() else { return nil }
                    guard inner == "\"" else {
                        field.append(inner)
                        continue
                    }
                    guard rest.first == "\"" else { break quoted }
                    field.append(inner)
                    rest = rest.dropFirst()
                }
                guard let next = rest.first, next == "," || next == "\r" else { return nil }
            case "\"": return nil
            case ",": end()
            case "\r" where rest.first == "\n":
                rest = rest.dropFirst()
                end()
                records.append(record)
                record = []
            case "\r", "\n": return nil
            default: field.append(scalar)
            }
        }
        return record.isEmpty && field.isEmpty ? records : nil
    }

    /// The cells of a row of a table in Markdown, without their backslashes; nil for what is no row.
    static func cells(_ row: String) -> [String]? {
        var cells: [String] = []
        var cell = String.UnicodeScalarView()
        var rest = Array(row.unicodeScalars)[...]
        guard rest.popFirst() == "|" else { return nil }
        while let scalar = rest.popFirst() {
            switch scalar {
            case "\\":
                guard let next = rest.popFirst() else { return nil }
                cell.append(next)
            case "|":
                cells.append(String(cell))
                cell = String.UnicodeScalarView()
            case "\n", "\r": return nil
            default: cell.append(scalar)
            }
        }
        return cell.isEmpty ? cells : nil
    }

    /// The labels of a line of OpenMetrics.
    static func labels(_ line: String) -> [(String, String)]? {
        let scalars = Array(line.unicodeScalars)
        guard let open = scalars.firstIndex(of: "{") else { return nil }
        var rest = scalars[(open + 1)...]
        var labels: [(String, String)] = []
        while true {
            let name = rest.prefix { $0 != "=" }
            guard !name.isEmpty,
                name.allSatisfy({
                    $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || $0.properties.numericType != nil)
                })
            else { return nil }
            rest = rest.dropFirst(name.count)
            guard rest.popFirst() == "=", rest.popFirst() == "\"" else { return nil }
            var value = String.UnicodeScalarView()
            while let scalar = rest.popFirst(), scalar != "\"" {
                guard scalar != "\n" else { return nil }
                guard scalar == "\\" else {
                    value.append(scalar)
                    continue
                }
                switch rest.popFirst() {
                case "n": value.append("\n")
                case "\\": value.append("\\")
                case "\"": value.append("\"")
                default: return nil
                }
            }
            labels.append((String(String.UnicodeScalarView(name)), String(value)))
            switch rest.popFirst() {
            case ",": continue
            case "}": return labels
            default: return nil
            }
        }
    }

    /// The words in a gnuplot script, as gnuplot shows them.
    static func words(_ script: String) -> String {
        var bytes: [UInt8] = []
        var rest = Array(script.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\\"), let number = UInt8(String(decoding: rest.prefix(3), as: UTF8.self), radix: 8)
            {
                bytes.append(number)
                rest = rest.dropFirst(3)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// One XML element as libxml2 reads it; nil when it is not well-formed.
    final class XML: NSObject, XMLParserDelegate {
        private(set) var names: [String] = []
        private(set) var text = ""
        private(set) var attributes: [String: String] = [:]

        init?(_ document: String) {
            super.init()
            let parser = XMLParser(data: Data(document.utf8))
            parser.delegate = self
            guard parser.parse() else { return nil }
        }

        func parser(
            _: XMLParser, didStartElement name: String, namespaceURI _: String?, qualifiedName _: String?,
            attributes: [String: String]
        ) {
            names.append(name)
            self.attributes = attributes
        }

        func parser(_: XMLParser, foundCharacters text: String) { self.text += text }
    }

    /// What markup keeps of a text.
    static func shown(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isKept = ["\n", "\t", "\r"].contains(scalar) || VisibleText.kind(of: scalar) == .ordinary
            result.append(isKept && scalar != "\u{FFFE}" && scalar != "\u{FFFF}" ? scalar : "\u{FFFD}")
        }
        return String(result)
    }
}
