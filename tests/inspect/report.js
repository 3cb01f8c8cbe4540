// Uses the report of an inspection in Chromium, as a reader with a mouse and one with a keyboard would. usage: report.js FILE
// Prints a line for each thing that is not as it should be.
'use strict';
const { pathToFileURL } = require('url');
const puppeteer = require('puppeteer');

const lit = () => [...document.querySelectorAll('.page .on')].map((part) => part.dataset.b ? `tag ${part.dataset.b}` : `block ${part.dataset.r}`).sort();

async function main(file) {
  const browser = await puppeteer.launch({ headless: 'new', args: ['--no-sandbox'], timeout: 600000 });
  const page = await browser.newPage();
  const expect = (what, got, wanted) => {
    if (JSON.stringify(got) !== JSON.stringify(wanted)) console.log(`${what}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`);
  };
  page.on('pageerror', (error) => console.log(`the script fails: ${error.message}`));
  page.on('console', (message) => { if (message.type() === 'error') console.log(message.text()); });
  await page.setViewport({ width: 1300, height: 1000 });
  await page.goto(pathToFileURL(file).href);
  await page.focus('#page-1 .row');
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
  expect('the third block by keyboard', await page.evaluate(lit), ['block 3', 'tag 3']);
  await page.keyboard.press('ArrowUp');
  expect('the second block by keyboard', await page.evaluate(lit), ['block 2', 'tag 2']);
  await page.keyboard.press('Home');
  expect('the Document has no block', await page.evaluate(lit), []);
  expect('one tab stop for the tags of a page', await page.$$eval('#page-1 [tabindex="0"]', (all) => all.length), 1);
  await page.hover('#page-1 [data-r="4"] circle');
  expect('a block under the pointer', await page.evaluate(lit), ['block 4', 'tag 4']);
  await page.hover('#page-1 [data-b="5"] > .line');
  expect('a tag under the pointer', await page.evaluate(lit), ['block 5', 'tag 5']);
  await page.click('#page-1 [data-r="6"] circle');
  expect('a block that was clicked', await page.evaluate(() => document.activeElement.dataset.b), '6');
  const shown = (selector) => page.$eval(selector, (part) => getComputedStyle(part).display !== 'none');
  for (const [box, part] of [['show-order', '.order'], ['show-blocks', '.sheet [data-r]'], ['show-artifacts', '.artifacts']]) {
    expect(`${part} at first`, await shown(part), true);
    await page.click(`#${box}`);
    expect(`${part} without its tick`, await shown(part), false);
  }
  await page.click('.question input[value="1"]');
  expect('what is judged is counted', (await page.$eval('#progress', (part) => part.textContent)).startsWith('1 of '), true);
  await page.setViewport({ width: 360, height: 800 });
  expect('a narrow window needs no scrolling to the side', await page.evaluate(() => document.documentElement.scrollWidth <= 360), true);
  await browser.close();
}

main(process.argv[2]).catch((error) => { console.log(`it fell: ${error.message}`); process.exit(1); });
