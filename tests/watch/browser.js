// Opens the publications of `lectern watch` in a browser, and follows what is saved. Run by watch.test with the program
// and a source folder that it may change; prints `ok NAME` or `not ok NAME: why` for each step.
'use strict';
const { spawn } = require('child_process');
const fs = require('fs');
const http = require('http');
const net = require('net');
const path = require('path');
const puppeteer = require('puppeteer');

const [program, folder] = process.argv.slice(2);
const article = path.join(folder, 'leaflet', 'article.md');
const SECONDS = 600; // ends what would never end by itself

function say(name, why) {
  console.log(why ? `not ok ${name}: ${String(why).replace(/\s+/g, ' ').slice(0, 400)}` : `ok ${name}`);
}

/** As an editor saves: a new file takes the old one's name. */
function save(words) {
  fs.writeFileSync(`${article}.new`, words);
  fs.renameSync(`${article}.new`, article);
}

/** Status, type and body of what the server answers. */
function ask(port, address, headers = {}, method = 'GET') {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, path: address, headers, method }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'],
        body: Buffer.concat(parts) }));
    });
    request.on('error', reject);
    request.end();
  });
}

async function see(page, words) {
  try {
    await page.waitForFunction((wanted) => document.body && document.body.innerText.includes(wanted),
      { timeout: SECONDS * 1000 }, words);
    return null;
  } catch (error) {
    const shown = await page.evaluate(() => document.body.innerText).catch(() => '');
    return `"${words}" does not show: ${error.message} ${shown.slice(0, 200)}`;
  }
}

async function step(name, act) {
  try {
    say(name, await act());
  } catch (error) {
    say(name, error.message || error);
  }
}

async function main() {
  const odd = String.raw`What 50%25 #1 \ö?.md`; // everything that an address would take for its own
  fs.copyFileSync(article, path.join(folder, odd));
  const server = spawn(program, ['watch', 'leaflet', odd, '--to', 'pdf,epub,html', '-o', 'out'],
    { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const address = await new Promise((resolve) => server.stdout.once('data', (line) => resolve(String(line).trim())));
  const port = Number(new URL(address).port);
  const browser = await puppeteer.launch({ headless: 'new', args: ['--no-sandbox'], timeout: 600000 });
  const page = await browser.newPage();
  page.on('pageerror', (error) => say('watch_page_without_errors', error.message));
  const first = fs.readFileSync(article, 'utf8');
  await step('watch_lists_publications', async () => {
    await page.goto(address);
    return see(page, 'leaflet.en.html');
  });
  await step('watch_shows_the_page', async () => {
    await page.goto(`${address}leaflet.en.html`);
    return see(page, 'A leaflet');
  });
  await step('watch_follows_what_is_saved', async () => {
    save(`${first}\nThe kettle sings.\n`);
    return see(page, 'The kettle sings.');
  });
  await step('watch_shows_errors_on_the_page', async () => {
    save(`${first}\n![](kettle.png)\n`);
    return await see(page, 'article.md:') || see(page, 'A leaflet');
  });
  await step('watch_forgets_errors_that_are_mended', async () => {
    save(`${first}\nThe kettle is silent.\n`);
    return await see(page, 'The kettle is silent.') ||
      (await page.evaluate(() => document.querySelector('[role=alert]').hidden) ? null : 'the error still shows');
  });
  await step('watch_shows_the_book_as_pages', async () => {
    await page.goto(`${address}leaflet.en.epub/EPUB/article.xhtml`);
    const why = await see(page, 'The kettle is silent.');
    save(`${first}\nThe book follows too.\n`);
    return why || see(page, 'The book follows too.');
  });
  await step('watch_gives_the_pdf', async () => {
    const answer = await ask(port, '/leaflet.en.pdf', { Host: `127.0.0.1:${port}` });
    return answer.status === 200 && answer.type === 'application/pdf' && answer.body.slice(0, 5).equals(Buffer.from('%PDF-')) &&
      answer.body.equals(fs.readFileSync(path.join(folder, 'out/leaflet.en.pdf'))) ? null : `status ${answer.status}`;
  });
  await step('watch_finds_files_whatever_their_names', async () => {
    await page.goto(address);
    const links = await page.$$eval('a', (all) => all.filter((a) => a.textContent.startsWith(String.raw`What 50%25 #1 \ö?`))
      .map((a) => a.href));
    for (const link of links) {
      const answer = await ask(port, link.slice(address.length - 1), { Host: `127.0.0.1:${port}` });
      if (answer.status !== 200) return `${link}: ${answer.status}`;
    }
    await page.goto(links.find((link) => link.includes('/view/')));
    const frame = await page.$eval('iframe', (element) => element.src);
    const answer = await ask(port, frame.slice(address.length - 1), { Host: `127.0.0.1:${port}` });
    return links.length === 4 && answer.type === 'application/pdf' ? null : `${links.length} links, ${frame}: ${answer.status}`;
  });
  const refused = [['/../leaflet/article.md', 404], ['/%2e%2e/leaflet/article.md', 404], ['/..%2Fleaflet%2Farticle.md', 404],
    ['/.cache/costs', 404], ['/leaflet.en.epub/../article.md', 404], ['/leaflet.en.epub/nothing', 404], ['/nothing', 404],
    ['/view/../../x', 404], ['/link.html', 404]];
  fs.symlinkSync(article, path.join(folder, 'out/link.html'));
  await step('watch_gives_nothing_else', async () => {
    for (const [address, status] of refused) {
      const answer = await ask(port, address, { Host: `localhost:${port}` });
      if (answer.status !== status) return `${address}: ${answer.status}`;
    }
    return null;
  });
  await step('watch_refuses_other_hosts_and_methods', async () => {
    const stranger = await ask(port, '/', { Host: `example.org:${port}` });
    const post = await ask(port, '/', { Host: `127.0.0.1:${port}` }, 'POST');
    return stranger.status === 403 && post.status === 405 ? null : `${stranger.status} ${post.status}`;
  });
  await step('watch_answers_beside_questions_without_end', async () => {
    const opened = () => fs.readdirSync(`/proc/${server.pid}/fd`).length;
    const sockets = [];
    for (let i = 0; i < 300; i++) {
      const socket = net.connect(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.write('GET / HTTP/1.1\r\nHost: ');
      sockets.push(socket);
    }
    let most = 0;
    const timer = setInterval(() => { most = Math.max(most, opened()); }, 5);
    const answer = await ask(port, '/', { Host: `localhost:${port}` });
    most = Math.max(most, opened());
    clearInterval(timer);
    sockets.forEach((socket) => socket.destroy());
    return answer.status === 200 && most > 300 ? null : `status ${answer.status}, ${most} open`;
  });
  await step('watch_ends_when_told', async () => {
    server.kill('SIGINT');
    const code = await new Promise((resolve) => {
      const timer = setTimeout(() => resolve('it goes on'), SECONDS * 1000);
      server.once('exit', (status) => { clearTimeout(timer); resolve(status); });
    });
    return code === 0 ? null : `exit ${code}`;
  });
  await browser.close();
  if (server.exitCode === null) server.kill('SIGKILL');
}

main().catch((error) => { say('watch', error.message || error); process.exit(1); });
