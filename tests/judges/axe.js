// Runs axe over HTML files. Run by the script `axe`, which says where it stands. No request leaves the page.
'use strict';
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const puppeteer = require('puppeteer');

const dark = process.argv[2] === '--dark';
const axe = fs.readFileSync(require.resolve('@daisy/axe-core-for-ace/axe.min.js'), 'utf8');

async function judge(browser, file) {
  const page = await browser.newPage();
  const address = pathToFileURL(path.resolve(file)).href;
  const strangers = [];
  await page.setRequestInterception(true);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
  page.on('request', (request) => {
    const own = request.url() === address || request.url().startsWith('data:');
    if (!own) strangers.push(`it asks for ${request.url().slice(0, 100)}`);
    return own ? request.continue() : request.abort();
  });
  try {
    await page.goto(address, { timeout: 600000 });
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    return strangers.concat(violations.map((found) =>
      `${found.impact} ${found.id}: ${found.help} in ${found.nodes[0].html.slice(0, 160)}`));
  } catch (error) {
    return [`axe fell: ${error && error.message || error}`];
  } finally {
    await page.close();
  }
}

async function main(files) {
  const browser = await puppeteer.launch({ headless: 'new', args: ['--no-sandbox'], timeout: 600000 });
  let failed = false;
  for (const file of files) {
    const found = await judge(browser, file);
    failed ||= found.length > 0;
    const why = found.slice(0, 8).join('; ').replace(/\s+/g, ' ');
    console.log(found.length ? `FAIL axe ${file}: ${why}` : `PASS axe ${file}`);
  }
  await browser.close();
  process.exit(failed ? 1 : 0);
}

main(process.argv.slice(dark ? 3 : 2));
