/// How the page looks on a screen and on A4 paper, in the manner of GB/T 9704-2012: margins 37 mm above and 28 mm at the binding side,
/// type area of 156 by 225 mm, title in 22 pt small-title Song, text in 16 pt Fangsong, headings in Hei and Kai, page numbers between
/// dashes 7 mm below the type area, at the outer side. No font is fetched: each face has those after it that machines have instead.
enum PageStyle {
    static let sheet: StaticString = """

        @page { size: 210mm 297mm; margin: 37mm 26mm 35mm 28mm; }
        @page :right { @bottom-right { content: "\\2014\\00a0" counter(page) "\\00a0\\2014"; font: 14pt SimSun, "Noto Serif CJK SC", serif; vertical-align: top; padding: 7mm 14pt 0 0; } }
        @page :left { @bottom-left { content: "\\2014\\00a0" counter(page) "\\00a0\\2014"; font: 14pt SimSun, "Noto Serif CJK SC", serif; vertical-align: top; padding: 7mm 0 0 14pt; } }
        * { box-sizing: border-box; }
        html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        body { margin: 0; color: #000; background: #fff; font-family: FangSong, FangSong_GB2312, STFangsong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif;
          font-size: 16pt; line-height: 28pt; text-align: justify; overflow-wrap: anywhere; line-break: strict; }
        h1, h2, h3 { margin: 0; font-weight: normal; break-after: avoid; text-align: left; }
        h1 { font-family: FZXiaoBiaoSong-B05S, "FZXiaoBiaoSong-B05", STZhongsong, "Noto Serif CJK SC", "Source Han Serif SC", SimSun, serif; font-size: 22pt; line-height: 33pt;
          text-align: center; margin: 0 0 6mm; }
        :lang(en) h1 { font-weight: bold; }
        h2 { font-family: SimHei, STHeiti, "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; font-size: 16pt; text-indent: 2em; margin-top: 4mm; }
        h3 { font-family: KaiTi, KaiTi_GB2312, STKaiti, "AR PL UKai CN", "Noto Serif CJK SC", serif; font-size: 16pt; text-indent: 2em; margin-top: 2mm; }
        p { margin: 0; text-indent: 2em; }
        .part { font-family: SimHei, STHeiti, "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; font-size: 16pt; text-align: center; text-indent: 0; margin: 8mm 0 0;
          border-top: 0.35mm solid #000; padding-top: 3mm; break-after: avoid; }
        .center { text-align: center; text-indent: 0; }
        .note { font-size: 10.5pt; line-height: 16pt; text-indent: 0; }
        .sample { border: 0.35mm solid #000; padding: 2mm 4mm; margin: 4mm 0; text-indent: 0; font-size: 14pt; line-height: 22pt; }
        .digest { font-family: "Noto Sans Mono", "DejaVu Sans Mono", Consolas, Menlo, monospace; font-size: 22pt; line-height: 33pt; text-align: center; text-indent: 0; letter-spacing: 0.05em; }
        .hash { font-family: "Noto Sans Mono", "DejaVu Sans Mono", Consolas, Menlo, monospace; font-size: 9pt; line-height: 14pt; text-indent: 0; text-align: left; }
        table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: 2mm 0 4mm; font-size: 10.5pt; line-height: 15pt; text-align: left; border-top: 0.5mm solid #000;
          border-bottom: 0.5mm solid #000; }
        th { font-family: SimHei, STHeiti, "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; font-weight: normal; border-bottom: 0.35mm solid #000; }
        th, td { padding: 0.8mm 1mm; vertical-align: top; unicode-bidi: isolate; }
        tr { break-inside: avoid; }
        tbody tr + tr td { border-top: 0.15mm solid #999; }
        thead { display: table-header-group; }
        .dispute { font-size: 12pt; line-height: 18pt; margin: 2mm 0 3mm; border-left: 0.7mm solid #000; padding-left: 3mm; }
        .dispute p { text-indent: 0; }
        .dispute .name { font-family: SimHei, STHeiti, "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; break-after: avoid; }
        .closing { margin: 10mm 4em 0 0; break-inside: avoid; }
        .closing p { text-align: right; text-indent: 0; }
        figure { margin: 3mm 0 4mm; break-inside: avoid; }
        figure svg { display: block; width: 100%; height: auto; }
        figcaption { font-size: 10.5pt; line-height: 16pt; text-align: center; text-indent: 0; break-before: avoid; }
        @media screen {
          html { background: #ddd; }
          body { width: 210mm; max-width: 100%; margin: 8mm auto; padding: 37mm 26mm 35mm 28mm; box-shadow: 0 0 3mm #888; }
        }
        @media screen and (max-width: 210mm) { body { padding: 6mm 5mm; } }

        """
}
