export const docsStyles = `
:root{color-scheme:light}
*{box-sizing:border-box}
html{font:16px/1.6 system-ui,-apple-system,"Segoe UI",sans-serif;color:#1b2440;background:#fdf8f1;overflow-wrap:anywhere}
body{margin:0 auto;max-width:60rem;padding:1rem 1.25rem;border-top:4px solid #24489b}
a{color:#24489b}
:focus-visible{outline:3px solid #24489b;outline-offset:2px}
h1{font-size:clamp(1.7rem,5vw,2.5rem);line-height:1.2;margin:.5rem 0}
h2{margin:2.5rem 0 .5rem;border-bottom:2px dashed #24489b}
h3{margin:2rem 0 .5rem}
h4{margin:1.25rem 0 .25rem}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.88em}
pre{background:#1b2440;color:#fff;overflow-wrap:normal;padding:1rem;overflow-x:auto}
.wide{overflow-x:auto;overflow-wrap:break-word}
table{border-collapse:collapse;width:100%;background:#fff}
caption{text-align:left;font-weight:700;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;border:1px solid #ddd3c4;padding:.45rem .65rem}
thead th{background:#fff4d8}
tbody th{font-weight:400;white-space:nowrap}
`;
