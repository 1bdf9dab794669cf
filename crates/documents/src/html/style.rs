//! The style sheet: the measures of GB/T 9704-2012 on screen and paper.

/// Sheets of A4 on a grey desk; on paper the pages themselves. On a phone the margins shrink and tables scroll.
pub const SHEET: &str = r#"
@page{size:A4;margin:37mm 26mm 35mm 28mm}
@page lying{size:A4 landscape;margin:28mm 35mm 26mm 37mm}
*{box-sizing:border-box}
body{margin:0;background:#e9ebee;color:#000;font:16pt/28.99pt "仿宋_GB2312",FangSong,STFangsong,"Noto Serif CJK SC",serif;letter-spacing:-.207pt}
.sheet{width:210mm;min-height:297mm;margin:8mm auto;padding:37mm 26mm 35mm 28mm;background:#fff;box-shadow:0 1px 4px #0003}
.sheet.lying{width:297mm;min-height:210mm;padding:28mm 35mm 26mm 37mm}
p,h2,h3,h4,h5{margin:0;font-size:inherit;font-weight:normal;text-indent:2em;text-align:justify}
h1{margin:0 0 28.99pt;font:22pt/28.99pt "方正小标宋简体",FZXiaoBiaoSong-B05S,STZhongsong,"Noto Serif CJK SC",serif;font-weight:normal;text-align:center;text-wrap:balance;letter-spacing:0}
.first,.label,th,caption,figcaption{font-family:"黑体",SimHei,"PingFang SC","Noto Sans CJK SC",sans-serif}
.second{font-family:"楷体_GB2312",KaiTi,STKaiti,"AR PL KaitiM GB",serif}
.flush{text-indent:0}.label{margin-bottom:28.99pt}.centre{text-indent:0;text-align:center}p.right{text-indent:0;text-align:right}
.attached{padding-left:6em;text-indent:-1em}.attached.begin{margin-top:28.99pt;text-indent:-4em}
a{color:inherit;text-decoration:none}
.signature{margin-top:28.99pt}.signature,.date{text-indent:0;text-align:right}.signed{break-inside:avoid}
.copies{margin-top:28.99pt;padding:2mm 1em;border:solid #000;border-width:.35mm 0;font-size:14pt;text-indent:0}
.letterhead,.preprinted{padding-top:35mm;margin-bottom:57.98pt;text-align:center}.letterhead p,.preprinted p{text-indent:0;text-align:center}
.letterhead{border-bottom:1.5pt solid #f00;padding-bottom:4mm}.issuer{color:#f00;font:31pt/1.3 "方正小标宋简体",STZhongsong,"Noto Serif CJK SC",serif}
table{width:100%;border-collapse:collapse;margin:2mm 0;font-size:12pt;line-height:1.35;letter-spacing:0;font-variant-numeric:tabular-nums}
.wide table,.lying table{font-size:10.5pt}
th,td{border:.5pt solid #000;padding:1.2mm 1mm;font-weight:normal;text-align:center;overflow-wrap:anywhere}
td.left{text-align:left}td.right{text-align:right}tr{break-inside:avoid}caption{font-size:14pt;margin-bottom:1mm}
.footer{font-size:12pt;text-indent:0}
figure{margin:2mm 0;text-align:center;break-inside:avoid}figcaption{font-size:14pt}figure svg{width:150mm;max-width:100%;height:auto}
.figure{border-bottom:1px dotted #8a94a0}
.break{break-after:page}
@media print{body{background:#fff}.sheet,.sheet.lying{width:auto;min-height:0;margin:0;padding:0;box-shadow:none}.sheet+.sheet{break-before:page}.lying{page:lying}.figure{border:0}}
@media screen and (max-width:800px){.sheet,.sheet.lying{width:auto;min-height:0;margin:0 0 4mm;padding:6mm 4mm}body{font-size:13pt;line-height:1.7}h1{font-size:17pt;line-height:1.4}.sheet>div{overflow-x:auto}.lying table,.wide table{min-width:720px}}
"#;
