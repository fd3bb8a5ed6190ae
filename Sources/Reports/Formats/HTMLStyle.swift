/// The look of the page: black on white, one column, tables that scroll sideways on small screens.
enum HTMLStyle {
    static let sheet = """
        :root { color-scheme: light; }
        body { margin: 0; background: #fff; color: #222; font: 15px/1.45 system-ui, "DejaVu Sans", sans-serif; }
        main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
        h1 { font-size: 1.7rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2.4rem 0 .7rem; padding-bottom: .25rem; border-bottom: 2px solid #222; }
        .facts { color: #555; margin: 0 0 1rem; font-size: .87rem; }
        .facts span:not(:last-child)::after { content: " ·"; }
        .notes { background: #fdf3e1; border-left: 4px solid #e69f00; margin: 1rem 0; padding: .6rem 1rem .6rem 2rem; }
        .wide { overflow-x: auto; margin: .5rem 0 1.2rem; }
        table { border-collapse: collapse; font-size: .87rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: left; vertical-align: top; padding: .3rem .9rem .3rem 0; border-bottom: 1px solid #e6e6e6; }
        td { overflow-wrap: break-word; max-width: 34rem; }
        th { border-bottom: 1px solid #222; font-weight: 600; vertical-align: bottom; }
        tr.first td { border-top: 2px solid #c4c4c4; } .numbers td { white-space: nowrap; max-width: none; }
        .n { text-align: right; padding: .3rem 0 .3rem 1.4rem; }
        small { display: block; color: #6a6a6a; font-size: .78rem; white-space: nowrap; }
        .missing { color: #a33c00; font-style: italic; }
        td b { display: inline-block; min-width: 6.6rem; margin-left: .4rem; text-align: left; font-weight: 600; }
        .improved { color: #00609a; } .regressed { color: #b34700; }
        .unchanged { color: #666; font-weight: 400; } .inconclusive, .incomparable { color: #7a5a00; font-weight: 400; }
        .conforms { color: #00609a; font-weight: 400; } .deviates { color: #b34700; }
        b.conforms, b.deviates { margin-left: 0; } table:not(.numbers) small { white-space: normal; }
        h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
        .method { color: #555; font-size: .82rem; max-width: 48rem; }
        figure { margin: 0 0 1.6rem; } img { max-width: 100%; height: auto; border: 1px solid #e6e6e6; }
        figcaption { color: #777; font-size: .78rem; }
        pre { background: #f5f5f5; padding: .7rem .9rem; overflow-x: auto; font-size: .82rem; }
        summary { cursor: pointer; color: #00609a; }
        @media print { details { display: none; } figure, tr { break-inside: avoid; } }

        """
}
