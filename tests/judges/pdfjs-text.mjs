// Run by the script `pdfjs-text` with the folder of pdf.js and a file.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

const [folder, file] = process.argv.slice(2);
// The legacy build is the one for Node; nothing is painted, so canvas and its warnings are not wanted.
const warn = console.warn;
console.warn = () => {};
const log = console.log;
console.log = () => {};
const pdfjs = await import(pathToFileURL(`${folder}/legacy/build/pdf.mjs`));
const document = await pdfjs.getDocument({
  data: new Uint8Array(fs.readFileSync(file)),
  cMapUrl: `${folder}/cmaps/`, cMapPacked: true, standardFontDataUrl: `${folder}/standard_fonts/`, verbosity: 0,
}).promise;
console.warn = warn;
console.log = log;
for (let number = 1; number <= document.numPages; number++) {
  const content = await (await document.getPage(number)).getTextContent();
  const text = content.items.map((item) => (item.str ?? '') + (item.hasEOL ? '\n' : '')).join('');
  process.stdout.write((number > 1 ? '\f' : '') + text.trimEnd() + '\n');
}
