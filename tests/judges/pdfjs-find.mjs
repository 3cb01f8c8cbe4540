// Run by pdf-readers.test with the folder of pdf.js, a PDF and a file of words and phrases (JSON). Prints how often
// pdf.js's own search finds each, and the text of the pages, as JSON.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

const [folder, file, queries] = process.argv.slice(2);
const warn = console.warn;
console.warn = () => {};
const log = console.log;
console.log = () => {};
// The viewer wants a browser when it is loaded; its search needs none.
const nothing = new Proxy(function () {}, {
  get: (target, key) => (key === Symbol.toPrimitive ? () => '' : nothing), set: () => true, apply: () => nothing,
  construct: () => nothing,
});
globalThis.window ??= globalThis;
globalThis.requestAnimationFrame ??= (run) => setTimeout(run, 0);
globalThis.document ??= nothing;
globalThis.navigator ??= { userAgent: '', platform: '', maxTouchPoints: 0, language: 'en' };
const pdfjs = await import(pathToFileURL(`${folder}/legacy/build/pdf.mjs`));
globalThis.pdfjsLib = pdfjs;
const { PDFFindController, EventBus } = await import(pathToFileURL(`${folder}/legacy/web/pdf_viewer.mjs`));
const pdf = await pdfjs.getDocument({
  data: new Uint8Array(fs.readFileSync(file)),
  cMapUrl: `${folder}/cmaps/`, cMapPacked: true, standardFontDataUrl: `${folder}/standard_fonts/`, verbosity: 0,
}).promise;
const eventBus = new EventBus();
const linkService = { page: 1, pagesCount: pdf.numPages };
const finder = new PDFFindController({ linkService, eventBus });
finder.setDocument(pdf);
const PENDING = 3;
const counts = [];
for (const query of JSON.parse(fs.readFileSync(queries))) {
  const done = new Promise((resolve) => {
    const heard = ({ state }) => {
      if (state !== PENDING) {
        eventBus.off('updatefindcontrolstate', heard);
        resolve();
      }
    };
    eventBus.on('updatefindcontrolstate', heard);
  });
  eventBus.dispatch('find', {
    source: null, type: 'again', query, caseSensitive: true, entireWord: false, highlightAll: false,
    findPrevious: false, matchDiacritics: false,
  });
  await done;
  counts.push(finder.pageMatches.reduce((sum, matches) => sum + (matches?.length ?? 0), 0));
}
let text = '';
for (let number = 1; number <= pdf.numPages; number++) {
  const content = await (await pdf.getPage(number)).getTextContent();
  text += content.items.map((item) => item.str + (item.hasEOL ? '\n' : '')).join('') + '\n\f';
}
console.warn = warn;
console.log = log;
process.stdout.write(JSON.stringify({ counts, text }), () => process.exit(0));
