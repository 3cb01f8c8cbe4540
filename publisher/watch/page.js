// In every page that `lectern watch` shows: loads it again after a build that changed it, at the place where the reader
// was; says what the build said of this publication; draws the pages of a PDF that are near the window. Whatever is
// put into the page here has the class lectern-watch.
'use strict';
(() => {
  const blocks = 'h1,h2,h3,h4,h5,h6,p,li,dt,dd,tr,pre,figure,img,.lectern-page';
  const asking = 300; // milliseconds between two questions
  const segments = location.pathname.split('/');
  const file = segments[1] === 'view' ? segments[2] : segments[1];
  const placeKey = `lectern place ${location.pathname}`, closedKey = `lectern closed ${file}`;
  let { run, version } = document.currentScript.dataset; // of what this page shows
  let shown = null, key = '', isKept = false;

  function make(name, properties, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  // the place of the reader

  const all = (selector) => [...document.querySelectorAll(selector)].filter((e) => !e.closest('.lectern-watch'));
  const focusable = () => all('a[href],button,summary,input,[tabindex]');
  const words = (element) => element.id && element.matches('.lectern-page') ? element.id
    : element.getAttribute('src') || element.textContent.trim().slice(0, 200);

  // Several blocks from the top of the window on, each with its number and where it stands: that which is being written
  // is another one after the build.
  function keepPlace() {
    const list = all(blocks), from = list.findIndex((e) => e.getBoundingClientRect().bottom > 0);
    const seen = from < 0 ? [] : list.slice(from, from + 12).map((element, i) => {
      const box = element.getBoundingClientRect();
      return { words: words(element), number: from + i, top: box.top, height: box.height };
    });
    sessionStorage.setItem(placeKey, JSON.stringify({ seen, x: scrollX, y: scrollY,
      focus: focusable().indexOf(document.activeElement) }));
    history.scrollRestoration = 'manual'; // the browser's own would come later, and know heights alone
    isKept = true;
  }

  function findPlace(list, seen) {
    for (const one of seen) {
      const same = list.map((element, number) => ({ element, far: Math.abs(number - one.number) }))
        .filter(({ element }) => words(element) === one.words).sort((a, b) => a.far - b.far)[0];
      if (same) return [same.element, one];
    }
    return seen.length && list.length ? [list[Math.min(seen[0].number, list.length - 1)], seen[0]] : [];
  }

  function restorePlace() {
    const kept = JSON.parse(sessionStorage.getItem(placeKey) || 'null');
    sessionStorage.removeItem(placeKey);
    if (!kept) return;
    const [element, was] = kept.y > 0 ? findPlace(all(blocks), kept.seen) : [];
    let put = null;
    const go = () => {
      if (put !== null && Math.abs(scrollY - put) > 1) return; // the reader has gone on
      if (element) {
        const box = element.getBoundingClientRect();
        const top = was.top < 0 && was.height > 0 ? was.top * box.height / was.height : was.top;
        scrollTo(kept.x, scrollY + box.top - top);
      } else {
        scrollTo(kept.x, kept.y);
      }
      put = scrollY;
    };
    go();
    if (kept.focus >= 0 && focusable()[kept.focus]) focusable()[kept.focus].focus({ preventScroll: true });
    addEventListener('load', go); // pictures have their heights now
    addEventListener('pagehide', () => { history.scrollRestoration = isKept ? 'manual' : 'auto'; });
  }

  async function showAgain() {
    keepPlace();
    const answer = await fetch(location.pathname, { method: 'HEAD' });
    if (answer.ok) location.reload();
    else if (segments[2] === 'EPUB') location.assign(`/${file}/EPUB/nav.xhtml`); // a chapter that is gone
    else { sessionStorage.removeItem(placeKey); history.scrollRestoration = 'auto'; isKept = false; }
    return answer.ok;
  }

  // what the build said

  const count = (number, noun) => number ? [`${number} ${noun}${number === 1 ? '' : 's'}`] : [];
  const title = make('h2', {}), list = make('ul', {}), told = make('p', {});
  const room = make('div', { className: 'lectern-watch' });
  const close = make('button', { type: 'button', textContent: 'Close' });
  const open = make('button', { type: 'button', className: 'lectern-watch lectern-open', hidden: true });
  const box = make('section', { className: 'lectern-watch lectern-box', hidden: true }, close, title, list);
  title.id = 'lectern-watch-title';
  box.setAttribute('aria-labelledby', title.id);
  told.className = 'lectern-watch lectern-told';
  told.setAttribute('role', 'alert');
  function shut(isShut) {
    box.hidden = isShut;
    open.hidden = !isShut;
    if (isShut) sessionStorage.setItem(closedKey, shown);
    else sessionStorage.removeItem(closedKey);
    makeRoom();
    (isShut ? open : close).focus();
  }
  close.onclick = () => shut(true);
  open.onclick = () => shut(false);

  // Nothing stays hidden behind the box for good.
  function makeRoom() {
    room.style.height = document.documentElement.style.scrollPaddingBottom = `${box.offsetHeight}px`;
  }

  function openFile(build, number) {
    fetch(`/.lectern/open/${build}/${number}`, { method: 'POST', headers: { 'X-Lectern-Key': key } })
      .then((answer) => { if (!answer.ok) answer.text().then((why) => { told.textContent = why; }); });
  }

  function item(problem, build, isBehind) {
    const place = [problem.file, problem.line, problem.column].filter(Boolean).join(':');
    const entry = make('li', { className: isBehind ? '' : `lectern-${problem.severity}` });
    if (place && key && !problem.folder) {
      const link = make('button', { type: 'button', textContent: place, title: 'Open in the editor' });
      link.onclick = () => openFile(build, problem.number);
      entry.append(link, ' ');
    } else if (place) {
      entry.append(make('b', { textContent: place }), ' ');
    }
    entry.append(isBehind ? problem.words.replace(/^\w+\[[^\]]*\]: /, '') : problem.words);
    if (problem.detail) entry.append(make('pre', { textContent: problem.detail }));
    return entry;
  }

  function say(state) {
    const behind = state.behind ? [`translation behind: ${count(state.behind, 'unit')}`] : [];
    const faults = [...count(state.only_behind ? 0 : state.errors, 'error'), ...count(state.warnings, 'warning')];
    const summary = [...faults, ...behind].join(', ');
    const now = JSON.stringify([state.problems.map((p) => [p.file, p.line, p.column, p.words]), summary]);
    key = state.key;
    if (now !== shown) {
      const isClosed = sessionStorage.getItem(closedKey) === now;
      title.textContent = open.textContent = told.textContent = summary;
      box.classList.toggle('lectern-failed', faults.length > 0 && state.errors > 0 && !state.only_behind);
      box.hidden = !summary || isClosed;
      open.hidden = !summary || !isClosed;
      shown = now;
    }
    // the numbers of problems are those of one build
    list.replaceChildren(...state.problems.map((problem) => item(problem, state.build, state.only_behind)));
    if (state.more) list.append(make('li', { textContent: `and ${state.more} more: see the terminal` }));
    makeRoom();
  }

  let build = null;
  async function ask() {
    let again = true;
    try {
      const state = await (await fetch(`/.lectern/state/${build === null ? 'none' : build}/${file}`)).json();
      const isOther = state.run !== run; // watch was started again, and counts anew
      if (isOther || String(state.version) !== version) again = !(await showAgain());
      version = String(state.version);
      if (again && state.problems) say(state);
      build = isOther ? null : state.build;
      run = state.run;
    } catch (error) { /* the server has ended, or is about to answer */ }
    if (again) setTimeout(ask, asking);
  }

  // the pages of a PDF

  // Only those near the window hold their pictures and words, however many there are.
  function drawPages() {
    const name = segments[2], points = (box, all) => `${(100 * box / all).toFixed(3)}%`;
    async function draw(page) {
      const number = page.id.slice('page-'.length), width = Number(page.dataset.width), height = Number(page.dataset.height);
      const picture = make('img', { alt: '', src: `/.lectern/page/${number}/${name}?${version}` });
      picture.onerror = () => picture.replaceWith(
        make('p', { textContent: `Page ${number} cannot be drawn here, or takes too long. Open the file itself.` }));
      page.prepend(picture);
      const pieces = await (await fetch(`/.lectern/words/${number}/${name}`)).json();
      const layer = make('div', { className: 'lectern-words' });
      for (const [left, top, wide, high, text] of pieces) { // a word each
        const span = make('span', { textContent: text.replace(/\n$/, ''), dir: 'auto' });
        Object.assign(span.style, { left: points(left, width), top: points(top, height),
          fontSize: `calc(var(--lectern-point) * ${(high * 0.8).toFixed(2)})` });
        span.dataset.wide = wide;
        layer.append(span);
        if (text.endsWith('\n')) layer.append(make('br', {}));
      }
      if (!page.querySelector('img') || page.querySelector('.lectern-words')) return; // it was scrolled away meanwhile
      page.append(layer);
      const point = page.clientWidth / width;
      for (const span of layer.querySelectorAll('span'))
        if (span.offsetWidth) span.style.transform = `scaleX(${(span.dataset.wide * point / span.offsetWidth).toFixed(4)})`;
    }
    const observer = new IntersectionObserver((entries) => entries.forEach(({ target, isIntersecting }) => {
      if (isIntersecting && !target.querySelector('img')) draw(target).catch(() => {});
      else if (!isIntersecting) target.replaceChildren();
    }), { rootMargin: '100% 0px' });
    document.querySelectorAll('.lectern-page').forEach((page) => observer.observe(page));
  }

  document.head.append(make('link', { rel: 'stylesheet', href: '/.lectern/watch.css' }));
  document.body.append(room, box, open, told);
  restorePlace();
  drawPages();
  ask();
})();
