/* How the report looks, and what its script adds: without it everything is there, with it a tag and
   its block in the picture are shown together, and the arrow keys go from tag to tag. Colours have
   a contrast of 4.5 to 1 at least on the grounds they stand on, in the light and in the dark. */
#include "inspect/report/parts.h"

/* clang-format off */
const char *const report_style[] = {
    ":root {\n",
    "  color-scheme: light dark;\n",
    "  --ground: #f6f7f9; --sheet: #ffffff; --ink: #16202c; --quiet: #4a5665; --line: "
    "#d3d9e0;\n",
    "  --accent: #0b4f9e; --tint: #e6eef8; --good: #14653a; --good-tint: #e3f3e9; --bad: "
    "#a3161b;\n",
    "  --bad-tint: #fbe6e6; --open: #6a4700; --open-tint: #fbf1d9; --mark: #fff0b8;\n",
    "}\n",
    "@media (prefers-color-scheme: dark) {\n",
    "  :root {\n",
    "    --ground: #11161d; --sheet: #1a212b; --ink: #e7ecf2; --quiet: #aab6c4; --line: "
    "#38434f;\n",
    "    --accent: #8fc0ff; --tint: #22334a; --good: #8fdcb0; --good-tint: #1c3427; "
    "--bad: #ffaaa8;\n",
    "    --bad-tint: #43201f; --open: #f1cf86; --open-tint: #3a301a; --mark: #4a3f12;\n",
    "  }\n",
    "}\n",
    "*, ::before, ::after { box-sizing: border-box; }\n",
    "html { scroll-padding-top: 1rem; }\n",
    "body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 "
    "system-ui, \"Noto Sans\", sans-serif; overflow-wrap: break-word; }\n",
    "header, nav, main, footer { max-width: 84rem; margin: 0 auto; padding: 0 1.25rem; }\n",
    "header { padding-top: 2rem; }\n",
    ".kind { margin: 0; color: var(--quiet); }\n",
    "h1 { margin: 0 0 .75rem; font-size: 2rem; line-height: 1.2; }\n",
    "h2 { margin: 0 0 .75rem; font-size: 1.5rem; line-height: 1.25; }\n",
    "h3 { margin: 1.25rem 0 .5rem; font-size: 1.125rem; line-height: 1.3; }\n",
    "p { margin: .5rem 0; max-width: 46rem; }\n",
    "a { color: var(--accent); text-underline-offset: .15em; }\n",
    "a:focus-visible, [tabindex]:focus-visible, input:focus-visible, "
    "textarea:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); "
    "outline-offset: 2px; }\n",
    ".skip { position: absolute; left: -100rem; }\n",
    ".skip:focus { left: 1rem; top: 1rem; padding: .5rem 1rem; background: var(--sheet); "
    "z-index: 2; }\n",
    "nav ul { display: flex; flex-wrap: wrap; gap: .5rem; margin: 0 0 1.5rem; padding: "
    "0; list-style: none; }\n",
    "nav a { display: block; padding: .25rem .75rem; border: 1px solid var(--line); "
    "border-radius: 1rem; background: var(--sheet); text-decoration: none; }\n",
    "nav a:hover { border-color: var(--accent); }\n",
    "main > section { margin-bottom: 1.5rem; padding: 1.5rem; border: 1px solid "
    "var(--line); border-radius: .5rem; background: var(--sheet); }\n",
    "main:focus { outline: none; }\n",
    "footer { padding-bottom: 2rem; color: var(--quiet); }\n",
    ".small, .none, .plain, .more { color: var(--quiet); font-size: .875rem; }\n",
    ".name { color: var(--quiet); }\n",
    ".note { padding: .5rem .75rem; border-left: .25rem solid var(--open); background: "
    "var(--open-tint); color: var(--open); }\n",
    ".fault { color: var(--bad); font-weight: 600; }\n",
    ".tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, "
    "1fr)); gap: .75rem; margin: 0 0 1rem; padding: 0; list-style: none; }\n",
    ".tiles a { display: block; height: 100%; padding: .75rem 1rem; border-radius: "
    ".5rem; border: 1px solid currentColor; color: inherit; text-decoration: none; }\n",
    ".tiles a:hover { text-decoration: underline; }\n",
    ".tiles strong { display: block; font-size: 2rem; line-height: 1.1; }\n",
    ".tiles .good { color: var(--good); } .tiles .good a { background: var(--good-tint); "
    "}\n",
    ".tiles .bad { color: var(--bad); } .tiles .bad a { background: var(--bad-tint); }\n",
    ".tiles .open { color: var(--open); } .tiles .open a { background: var(--open-tint); "
    "}\n",
    ".facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, "
    "1fr)); gap: .75rem 1.5rem; margin: 0; }\n",
    "dt { color: var(--quiet); font-size: .875rem; }\n",
    "dd { margin: 0; font-weight: 600; }\n",
    ".wide { overflow-x: auto; }\n",
    "table { width: 100%; border-collapse: collapse; }\n",
    "th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); "
    "text-align: start; vertical-align: top; }\n",
    "thead th { color: var(--quiet); font-size: .875rem; }\n",
    "tbody th, .id { font-weight: 600; white-space: nowrap; }\n",
    ".target { overflow-wrap: anywhere; }\n",
    ".switches { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0; "
    "padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }\n",
    ".key { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0; padding: 0; "
    "list-style: none; font-size: .875rem; }\n",
    ".key svg { width: 2rem; height: 1.2rem; vertical-align: -.2rem; background: #fff; }\n",
    ".page { display: grid; grid-template-columns: minmax(0, 1fr); column-gap: 2rem; "
    "margin-top: 1.25rem; padding-top: .25rem; border-top: 1px solid var(--line); }\n",
    ".page > h3 { grid-column: 1 / -1; }\n",
    ".sheet { display: grid; margin: 0; }\n",
    ".sheet svg { display: block; grid-area: 1 / 1; width: 100%; max-height: calc(100vh "
    "- 2rem); background: #fff; border: 1px solid var(--line); }\n",
    ".sheet .over { background: none; border-color: transparent; }\n",
    "@media (min-width: 62rem) {\n",
    "  .page:has(.seen) { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }\n",
    "  .seen { position: sticky; top: 1rem; align-self: start; }\n",
    "}\n",
    "svg .block { fill: #0b4f9e; fill-opacity: .05; stroke: #0b4f9e; stroke-width: .8; }\n",
    "svg .artifact { fill: url(#hatch); stroke: #4d4d4d; stroke-width: .6; "
    "stroke-dasharray: 3 2; }\n",
    "svg .stray { fill: url(#cross); stroke: #a3161b; stroke-width: 1.2; }\n",
    "svg circle { fill: #0b4f9e; stroke: #fff; stroke-width: .6; }\n",
    "svg text { fill: #fff; font: 600 7.4px system-ui, sans-serif; text-anchor: middle; }\n",
    "svg .order path { fill: none; stroke: #c2410c; stroke-width: .9; stroke-opacity: "
    ".75; marker-end: url(#arrow); }\n",
    "svg a { cursor: pointer; }\n",
    "svg a.on .block, svg a:hover .block { fill: #f5b800; fill-opacity: .35; stroke: "
    "#7a3b00; stroke-width: 2; }\n",
    "svg a.on circle { fill: #7a3b00; }\n",
    "body:has(#show-order:not(:checked)) .order, body:has(#show-blocks:not(:checked)) "
    ".sheet [data-r], body:has(#show-artifacts:not(:checked)) .artifacts { display: "
    "none; }\n",
    ".tags, .tags ul { margin: 0; padding: 0; list-style: none; }\n",
    ".tags ul { margin-left: .5rem; padding-left: .75rem; border-left: 1px solid "
    "var(--line); }\n",
    ".line { padding: .15rem .35rem; border-radius: .25rem; }\n",
    ".row.on > .line, .row:target > .line { background: var(--mark); }\n",
    ".row:focus { outline: none; }\n",
    ".row:focus-visible > .line { outline: 3px solid var(--accent); }\n",
    ".number { display: inline-block; min-width: 1.5rem; padding: 0 .3rem; "
    "border-radius: .75rem; background: #0b4f9e; color: #fff; font-size: .8rem; "
    "font-weight: 600; text-align: center; }\n",
    ".role, .tag { padding: 0 .3rem; border-radius: .2rem; background: var(--tint); "
    "color: var(--accent); font: 600 .85rem/1.4 ui-monospace, \"Noto Sans Mono\", "
    "monospace; }\n",
    ".inline { border-bottom: 1px dotted var(--quiet); }\n",
    ".tag { font-weight: 400; }\n",
    ".inline .plain { display: none; }\n",
    ".chip { padding: 0 .35rem; border: 1px solid var(--line); border-radius: .2rem; "
    "color: var(--quiet); font-size: .85rem; white-space: normal; overflow-wrap: "
    "anywhere; }\n",
    ".said { color: var(--good); }\n",
    ".said .name { font-size: .875rem; }\n",
    ".drawn { color: var(--quiet); font-size: .875rem; }\n",
    ".figures { margin: 0; padding: 0; list-style: none; }\n",
    ".figures > li { display: grid; grid-template-columns: minmax(0, 1fr); gap: .5rem "
    "1.5rem; padding: 1rem 0; border-top: 1px solid var(--line); }\n",
    "@media (min-width: 46rem) { .figures > li:not(.more) { grid-template-columns: "
    "minmax(0, 24rem) minmax(0, 1fr); } }\n",
    ".figures h3 { margin: 0 0 .25rem; }\n",
    ".crop, .cut img { display: block; max-width: 100%; max-height: 24rem; height: auto; "
    "background: #fff; border: 1px solid var(--line); }\n",
    ".outline { margin: 0; padding: 0; list-style: none; }\n",
    ".outline li { padding: .15rem 0; }\n",
    ".d2 { margin-left: 1.5rem; } .d3 { margin-left: 3rem; } .d4 { margin-left: 4.5rem; "
    "} .d5 { margin-left: 6rem; }\n",
    ".d6, .d7, .d8, .d9 { margin-left: 7.5rem; }\n",
    ".rows { margin: 0; padding: 0; list-style: none; }\n",
    ".rows ul { margin: 0 0 .5rem; padding-left: 1.5rem; }\n",
    ".rows .head { font-weight: 600; }\n",
    ".rows .chip { font-weight: 400; }\n",
    ".of { color: var(--quiet); }\n",
    ".conditions { margin: 0; padding: 0; list-style: none; columns: 24rem; column-gap: "
    "2rem; font-size: .9rem; }\n",
    ".conditions li { padding: .15rem 0; break-inside: avoid; }\n",
    ".question { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--line); "
    "border-radius: .5rem; }\n",
    ".question legend { padding: 0 .35rem; font-weight: 600; }\n",
    ".question { min-width: 0; overflow-wrap: anywhere; }\n",
    ".question p { margin: 0 0 .5rem; }\n",
    ".objects { margin: .25rem 0 .5rem; padding-left: 1.5rem; }\n",
    ".answers { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: .5rem 0; }\n",
    ".remark { display: flex; gap: .5rem; align-items: start; }\n",
    "textarea { flex: 1; min-height: 2.2rem; font: inherit; color: var(--ink); "
    "background: var(--ground); border: 1px solid var(--quiet); border-radius: .25rem; "
    "resize: vertical; }\n",
    "summary { cursor: pointer; }\n",
    ".hidden { position: absolute; width: 0; height: 0; }\n",
    "@media print {\n",
    "  :root { --ground: #fff; --sheet: #fff; --ink: #000; --quiet: #444; --line: #bbb; "
    "--accent: #0b4f9e; --tint: #eee; --good: #14653a; --bad: #a3161b; --open: #6a4700; "
    "--good-tint: #fff; --bad-tint: #fff; --open-tint: #fff; color-scheme: light; }\n",
    "  body { font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: "
    "exact; }\n",
    "  nav, .skip, .switches { display: none; }\n",
    "  main > section { padding: 0; border: 0; }\n",
    "  .page { break-before: page; }\n",
    "  .seen { position: static; }\n",
    "  .sheet svg { max-height: 60vh; }\n",
    "  .question, .figures > li, tr { break-inside: avoid; }\n",
    "  details::details-content { display: block; content-visibility: visible; }\n",
    "}\n",
    NULL};

const char report_script[] =
    "'use strict';\n"
    "for (const page of document.querySelectorAll('.page, .nowhere')) {\n"
    "  const rows = [...page.querySelectorAll('.row')];\n"
    "  const light = (number, on) => {\n"
    "    for (const part of page.querySelectorAll(`[data-b=\"${number}\"], "
    "[data-r=\"${number}\"]`)) part.classList.toggle('on', on);\n"
    "  };\n"
    "  const numberOf = (target) => {\n"
    "    const part = target.closest('[data-b], [data-r]');\n"
    "    return part && (part.dataset.b || part.dataset.r);\n"
    "  };\n"
    "  const follow = (begin, end) => {\n"
    "    page.addEventListener(begin, (event) => { const number = "
    "numberOf(event.target); if (number) light(number, true); });\n"
    "    page.addEventListener(end, (event) => { const number = numberOf(event.target); "
    "if (number) light(number, false); });\n"
    "  };\n"
    "  follow('mouseover', 'mouseout');\n"
    "  follow('focusin', 'focusout');\n"
    "  rows.forEach((row, i) => { row.tabIndex = i ? -1 : 0; });\n"
    "  const go = (row) => {\n"
    "    if (!row) return;\n"
    "    for (const other of rows) if (other.tabIndex === 0) other.tabIndex = -1;\n"
    "    row.tabIndex = 0;\n"
    "    row.focus();\n"
    "  };\n"
    "  page.addEventListener('keydown', (event) => {\n"
    "    const at = rows.indexOf(event.target);\n"
    "    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 "
    "}[event.key];\n"
    "    if (at < 0 || to === undefined || event.ctrlKey || event.altKey || "
    "event.metaKey || event.shiftKey) return;\n"
    "    event.preventDefault();\n"
    "    go(rows[to]);\n"
    "  });\n"
    "  page.addEventListener('click', (event) => {\n"
    "    const link = event.target.closest('[data-r]');\n"
    "    const row = link && document.getElementById(link.getAttribute('href').slice(1));\n"
    "    if (!row) return;\n"
    "    event.preventDefault();\n"
    "    go(row);\n"
    "  });\n"
    "}\n"
    "const arrive = () => {\n"
    "  const row = document.getElementById(location.hash.slice(1));\n"
    "  if (row && row.classList.contains('row')) row.focus();\n"
    "};\n"
    "addEventListener('hashchange', arrive);\n"
    "const questions = document.querySelectorAll('.question');\n"
    "const count = () => {\n"
    "  const done = [...questions].filter((question) => "
    "question.querySelector('input:checked')).length;\n"
    "  const faults = document.querySelectorAll('.question "
    "input[value=\"1\"]:checked').length;\n"
    "  document.getElementById('progress').textContent = `${done} of ${questions.length} "
    "judged, ${faults} found to be a fault.`;\n"
    "};\n"
    "if (questions.length) {\n"
    "  count();\n"
    "  document.getElementById('worksheet').addEventListener('change', count);\n"
    "}\n"
    "addEventListener('beforeprint', () => { for (const part of "
    "document.querySelectorAll('details')) part.open = true; });\n"
    "const hint = document.querySelector('.switches');\n"
    "if (hint) {\n"
    "  const words = document.createElement('p');\n"
    "  words.className = 'small';\n"
    "  words.textContent = 'Point at a tag or at a block to see both. By keyboard: go to "
    "the tags of a page, then up and down with the arrow keys.';\n"
    "  hint.before(words);\n"
    "}\n";

/* What the pictures share. */
const char report_patterns[] =
    "<svg class=\"hidden\" aria-hidden=\"true\" focusable=\"false\"><defs>\n"
    "<pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#808080\" "
    "fill-opacity=\".14\"/><path d=\"M0 0V6\" stroke=\"#4d4d4d\" stroke-opacity=\".6\" "
    "stroke-width=\".9\"/></pattern>\n"
    "<pattern id=\"cross\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><rect width=\"6\" height=\"6\" fill=\"#d92f35\" "
    "fill-opacity=\".14\"/><path d=\"M0 0V6M0 0H6\" stroke=\"#a3161b\" "
    "stroke-opacity=\".8\" stroke-width=\".9\"/></pattern>\n"
    "<marker id=\"arrow\" viewBox=\"0 0 6 6\" refX=\"11\" refY=\"3\" markerWidth=\"6\" "
    "markerHeight=\"6\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M0 0L6 "
    "3L0 6z\" fill=\"#c2410c\"/></marker>\n"
    "</defs></svg>\n";
/* clang-format on */
