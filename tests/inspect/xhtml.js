// Prints HTML pages as XHTML, as Chromium has read them: Ace judges nothing else. usage: xhtml.js FILE
'use strict';
const { pathToFileURL } = require('url');
const puppeteer = require('puppeteer');

async function main(file) {
  const browser = await puppeteer.launch({ headless: 'new', args: ['--no-sandbox'], timeout: 600000 });
  const page = await browser.newPage();
  await page.goto(pathToFileURL(file).href);
  const words = await page.evaluate(() => new XMLSerializer().serializeToString(document.documentElement));
  await new Promise((done) => process.stdout.write(words, done));
  await browser.close();
}

main(process.argv[2]);
