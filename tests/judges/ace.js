// Runs Ace over many EPUBs. Run by the script `ace`, which says where Ace stands.
'use strict';
const fs = require('fs');
const os = require('os');
const path = require('path');
const ace = require('@daisy/ace-core');
const runner = require('@daisy/ace-axe-runner-puppeteer');

// Ace starts and ends the browser for each book; here it lives as long as the run. The runner lets no
// request out to the network.
let launched;
const shared = {
  ...runner,
  launch: () => (launched ??= runner.launch()),
  close: async () => {},
};

/** What Ace's report holds against a book: one line for each failed assertion. */
function complaints(report) {
  const found = [];
  for (const part of report.assertions) {
    for (const assertion of part.assertions) {
      const test = assertion['earl:test'];
      const result = assertion['earl:result'];
      if (result['earl:outcome'] === 'pass') continue;
      const html = result.html ? ` in ${result.html.slice(0, 160)}` : '';
      found.push(`${test['earl:impact']} ${test['dct:title']} ${part['earl:testSubject'].url}: ` +
        `${(result['dct:description'] || '').split('\n')[0]}${html}`);
    }
  }
  return found;
}

async function judge(file, folder) {
  try {
    // The report goes to a folder: without one Ace prints it.
    const [, report] = await ace(path.resolve(file), {
      cwd: process.cwd(), outdir: fs.mkdtempSync(path.join(folder, 'report-')),
      tmpdir: folder, lang: 'en', doNotReportMedia: true, initLogger: true, silent: true,
    }, shared);
    if (!report || !Array.isArray(report.assertions)) return ['Ace made no report'];
    const found = complaints(report);
    return found.length || report['earl:result']['earl:outcome'] === 'pass' ? found : ['Ace failed it without a reason'];
  } catch (error) {
    return [`Ace fell: ${error && error.message || error}`];
  }
}

async function main(files) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lectern-ace-'));
  let failed = false;
  for (const file of files) {
    const found = await judge(file, folder);
    failed ||= found.length > 0;
    const why = found.slice(0, 8).join('; ').replace(/\s+/g, ' ');
    console.log(found.length ? `FAIL ace ${file}: ${why}` : `PASS ace ${file}`);
  }
  if (launched) await launched.then(() => runner.close(), () => {});
  fs.rmSync(folder, { recursive: true, force: true });
  process.exit(failed ? 1 : 0);
}

main(process.argv.slice(2));
