// Opens publications as people read them on a telephone or much enlarged, and says what nobody could read. Run by the
// script `readers`, which says where the reading systems stand. Prints a line for each file and way of reading:
// `PASS readers/WAY FILE` or `FAIL readers/WAY FILE: why`.
//
// EPUBs: epub.js (in pages and as one scroll), foliate-js (the same), and Readium's style sheets as its navigators use
// them (in pages, one frame a chapter). Pages of HTML: Chromium itself, with its accessibility tree. No request leaves
// the machine.
'use strict';
const fs = require('fs');
const http = require('http');
const path = require('path');
const { pathToFileURL } = require('url');
const JSZip = require('jszip');
const puppeteer = require('puppeteer');

const modules = process.env.NODE_PATH;
// 320 pixels: a page of 1280 at four times the size (WCAG 2.2, 1.4.10); 360 pixels with letters half as large again.
const SCREENS = [{ width: 320, height: 640, size: 1 }, { width: 360, height: 640, size: 1.5 }];

const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', xhtml: 'application/xhtml+xml', svg: 'image/svg+xml',
  png: 'image/png', jpg: 'image/jpeg', epub: 'application/epub+zip' };

const shells = {
  epubjs: (flow) => `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><style>body{margin:0}#area{width:100vw;height:100vh}</style>
    <body><div id="area"></div><script src="/modules/jszip/dist/jszip.min.js"></script><script src="/modules/epubjs/dist/epub.min.js"></script>
    <script>
    const query = new URLSearchParams(location.search);
    const book = ePub('/book.epub');
    const rendition = book.renderTo('area', { width: '100%', height: '100%', flow: '${flow}', spread: 'none' });
    rendition.themes.fontSize(query.get('size') * 100 + '%');
    window.go = async (number) => { await rendition.display(number); };
    window.ready = book.ready.then(() => book.loaded.spine).then((spine) => spine.length);
    </script>`,
  foliate: (flow) => `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><style>body{margin:0}foliate-view{display:block;width:100vw;height:100vh}</style>
    <body><script type="module">
    import '/modules/foliate-js/view.js';
    const query = new URLSearchParams(location.search);
    const view = document.createElement('foliate-view');
    document.body.append(view);
    const file = new File([await (await fetch('/book.epub')).blob()], 'book.epub', { type: 'application/epub+zip' });
    await view.open(file);
    view.renderer.setAttribute('flow', '${flow}');
    view.renderer.setAttribute('max-column-count', '1');
    view.renderer.setStyles?.('html { font-size: ' + query.get('size') * 100 + '% }');
    window.go = async (number) => { await view.goTo(number); };
    window.ready = Promise.resolve(view.book.sections.length);
    </script>`,
};

/** In a frame: what cannot be read. With `page`, the frame is a sheet of columns of that pitch. */
function measure(page) {
  const found = [];
  const root = document.documentElement;
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const width = page || root.clientWidth;
  const style = (element) => getComputedStyle(element);
  const hidden = (element) => element.closest('thead') && style(element.closest('thead')).clipPath !== 'none';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || hidden(node.parentElement) || ['SCRIPT', 'STYLE'].includes(node.parentElement.tagName)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width === 0) continue;
      const left = page ? ((box.left + scrollX) % page + page) % page : box.left + scrollX;
      if (left < -1 || left + box.width > width + 1) lines.push(`${Math.round(left)}..${Math.round(left + box.width)} of ${width}: ${node.data.trim().slice(0, 40)}`);
    }
  }
  if (lines.length) found.push(`${lines.length} lines reach beyond the edge, such as ${lines[0]}`);
  for (const image of document.images) {
    const box = image.getBoundingClientRect();
    const left = page ? ((box.left + scrollX) % page + page) % page : box.left + scrollX;
    if (image.getClientRects().length > 1 || left + box.width > width + 1) found.push(`a picture reaches beyond the edge: ${image.alt.slice(0, 40)}`);
    if (page && box.height > innerHeight) found.push(`a picture is higher than the page: ${image.alt.slice(0, 40)}`);
    const figure = image.closest('figure');
    if (page && figure && new Set([...figure.querySelectorAll('img, figcaption')].map((part) => Math.floor((part.getBoundingClientRect().left + scrollX) / page))).size > 1) {
      found.push(`a figure is split: ${image.alt.slice(0, 40)}`);
    }
  }
  for (const table of document.querySelectorAll('table')) {
    // Stacked: each cell says its header where it is seen.
    if (style(table).display !== 'block') continue;
    for (const cell of table.querySelectorAll('td[data-label]')) {
      const before = getComputedStyle(cell, '::before');
      if (before.display === 'none' || !before.content.includes(cell.dataset.label.trim().slice(0, 5))) found.push('a stacked cell without its header');
    }
    if (table.querySelector('thead') && ![...table.querySelectorAll('td')].every((cell) => cell.dataset.label || cell.closest('thead') || !cell.textContent.trim())) {
      found.push('a stacked cell has no words for its header');
    }
  }
  const stacked = [...document.querySelectorAll('table')].filter((table) => style(table).display === 'block').length;
  return { found: [...new Set(found)].slice(0, 4), stacked, tables: document.querySelectorAll('table').length };
}

/** Chromium's tree still has every table with its headers, however it is shown. */
async function tree(page) {
  const client = await page.createCDPSession();
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  const roles = nodes.filter((node) => !node.ignored).map((node) => node.role && node.role.value);
  const count = (role) => roles.filter((each) => each === role).length;
  const wanted = await page.evaluate(() => ({ table: document.querySelectorAll('table').length,
    columnheader: document.querySelectorAll('th[scope=col]').length, rowheader: document.querySelectorAll('th[scope=row]').length,
    row: document.querySelectorAll('tr').length }));
  await client.detach();
  return Object.keys(wanted).filter((role) => count(role) !== wanted[role])
    .map((role) => `${count(role)} of ${wanted[role]} ${role} in the accessibility tree`);
}

async function frameOf(page) {
  for (const frame of page.frames().slice(1).reverse()) {
    const has = await frame.evaluate(() => !!document.body && document.body.childElementCount > 0 && !!document.querySelector('section, h1, p, img, svg')).catch(() => false);
    if (has) return frame;
  }
  return null;
}

/** One reading system, one flow, all chapters. */
async function readBook(browser, port, shell, flow, screen) {
  const page = await browser.newPage();
  const found = [];
  let stacked = 0, tables = 0;
  try {
    await page.setViewport({ width: screen.width, height: screen.height });
    await page.goto(`http://127.0.0.1:${port}/${shell}/${flow}?size=${screen.size}`);
    await page.waitForFunction(() => window.ready, { timeout: 600000 });
    const chapters = await page.evaluate(() => window.ready);
    for (let i = 0; i < chapters; i++) {
      await page.evaluate((number) => window.go(number), i);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const frame = await frameOf(page);
      if (!frame) { found.push(`chapter ${i + 1} is not shown`); continue; }
      // epub.js makes each column as wide as the window; foliate-js says how wide.
      const pitch = !/paginated/.test(flow) ? 0 : shell === 'epubjs' ? screen.width : await frame.evaluate(() => {
        const { columnWidth, columnGap } = getComputedStyle(document.documentElement);
        return parseFloat(columnWidth) + (parseFloat(columnGap) || 0);
      });
      const result = await frame.evaluate(measure, pitch);
      stacked += result.stacked; tables += result.tables;
      found.push(...result.found.map((why) => `${screen.width} pixels, size ${screen.size}, chapter ${i + 1}: ${why}`));
    }
  } catch (error) {
    found.push(`it fell: ${error && error.message || error}`);
  } finally {
    await page.close();
  }
  return { found, stacked, tables };
}

/** A chapter in a frame of its own with Readium's style sheets, as its navigators put them around the book's own. */
function readium(xhtml, size, rtl) {
  const base = `/modules/@readium/css/css/dist/${rtl ? 'rtl/' : ''}ReadiumCSS-`;
  const link = (name) => `<link rel="stylesheet" type="text/css" href="${base}${name}.css"/>`;
  const own = /<link[^>]*rel="stylesheet"/.test(xhtml) ? '' : link('default');
  return xhtml.replace(/<head>/, `<head>${link('before')}${own}`).replace('</head>', `${link('after')}</head>`)
    .replace(/<html /, `<html style="--USER__view: readium-paged-on; --USER__fontSize: ${size * 100}%" `);
}

async function readChapters(browser, port, book, screen) {
  const found = [];
  let stacked = 0, tables = 0;
  for (const name of book.chapters) {
    const page = await browser.newPage();
    try {
      await page.setViewport({ width: screen.width, height: screen.height });
      await page.goto(`http://127.0.0.1:${port}/readium/${encodeURI(name)}?size=${screen.size}`);
      const result = await page.evaluate(measure, screen.width);
      const paged = await page.evaluate(() => getComputedStyle(document.documentElement).columnWidth);
      if (paged === 'auto') found.push('Readium\'s style sheets do not set pages');
      stacked += result.stacked; tables += result.tables;
      for (const why of result.found.concat(await tree(page))) found.push(`${screen.width} pixels, size ${screen.size}, ${path.basename(name)}: ${why}`);
    } finally {
      await page.close();
    }
  }
  return { found, stacked, tables };
}

/** A page of HTML in Chromium. */
async function readPage(browser, file, screen) {
  const page = await browser.newPage();
  try {
    await page.setViewport({ width: screen.width, height: screen.height });
    await page.goto(pathToFileURL(path.resolve(file)).href);
    await page.evaluate((size) => { document.documentElement.style.fontSize = `${size * 100}%`; }, screen.size);
    const result = await page.evaluate(measure, 0);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) result.found.push(`the page is ${wide} pixels wider than the window`);
    result.found = result.found.concat(await tree(page)).map((why) => `${screen.width} pixels, size ${screen.size}: ${why}`);
    return result;
  } finally {
    await page.close();
  }
}

async function openBook(file) {
  const archive = await JSZip.loadAsync(fs.readFileSync(file));
  const names = Object.keys(archive.files);
  const opf = names.find((name) => name.endsWith('.opf'));
  const text = await archive.file(opf).async('string');
  const items = new Map([...text.matchAll(/<item id="([^"]*)" href="([^"]*)"/g)].map((match) => [match[1], match[2]]));
  const chapters = [...text.matchAll(/<itemref idref="([^"]*)"/g)].map((match) => path.posix.join(path.posix.dirname(opf), items.get(match[1])));
  return { file, archive, chapters, rtl: /page-progression-direction="rtl"/.test(text) };
}

/** The books' server: one book at a time. */
function serve(state) {
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url, 'http://127.0.0.1');
    const address = decodeURIComponent(url.pathname);
    const send = (body, type) => { response.setHeader('Content-Type', type); response.end(body); };
    const type = TYPES[path.extname(address).slice(1)] || 'text/plain';
    const shell = address.match(/^\/(epubjs|foliate)\/([a-z-]+)$/);
    const module = address.match(/^\/modules\/(.*)$/);
    const part = address.match(/^\/readium\/(.*)$/);
    try {
      if (shell) return send(shells[shell[1]](shell[2]), 'text/html; charset=utf-8');
      if (address === '/book.epub') return send(fs.readFileSync(state.book.file), type);
      if (module && !module[1].includes('..')) return send(fs.readFileSync(path.join(modules, module[1])), type);
      if (part && part[1].endsWith('.xhtml')) return send(readium(await state.book.archive.file(part[1]).async('string'), Number(url.searchParams.get('size')), state.book.rtl), type);
      if (part) return send(await state.book.archive.file(part[1]).async('nodebuffer'), type);
    } catch { /* there is none */ }
    response.statusCode = 404;
    return response.end();
  }).listen(0, '127.0.0.1');
  return new Promise((resolve) => server.once('listening', () => resolve(server)));
}

async function judge(browser, port, state, file) {
  const ways = {};
  const add = (way, result) => {
    const all = (ways[way] ??= { found: [], stacked: 0, tables: 0 });
    all.found.push(...result.found); all.stacked += result.stacked; all.tables += result.tables;
  };
  if (file.endsWith('.html')) {
    for (const screen of SCREENS) add('chromium', await readPage(browser, file, screen));
    return ways;
  }
  state.book = await openBook(file);
  for (const screen of SCREENS) {
    for (const [shell, flow] of [['epubjs', 'paginated'], ['epubjs', 'scrolled-doc'], ['foliate', 'paginated'], ['foliate', 'scrolled']]) {
      add(`${shell}-${flow.split('-')[0]}`, await readBook(browser, port, shell, flow, screen));
    }
    add('readium-paginated', await readChapters(browser, port, state.book, screen));
  }
  return ways;
}

async function main(files) {
  const state = {};
  const server = await serve(state);
  const browser = await puppeteer.launch({ headless: 'new', args: ['--no-sandbox'], timeout: 600000 });
  let failed = false;
  for (const file of files) {
    const ways = await judge(browser, server.address().port, state, file);
    for (const [way, { found, stacked, tables }] of Object.entries(ways)) {
      failed ||= found.length > 0;
      const why = [...new Set(found)].slice(0, 6).join('; ').replace(/\s+/g, ' ');
      console.log(found.length ? `FAIL readers/${way} ${file}: ${why}` : `PASS readers/${way} ${file}`);
      if (process.env.READERS_SAY) console.log(`     ${stacked} of ${tables} tables stand as blocks`);
    }
  }
  await browser.close();
  server.close();
  process.exit(failed ? 1 : 0);
}

main(process.argv.slice(2)).catch((error) => { console.error(error); process.exit(2); });
