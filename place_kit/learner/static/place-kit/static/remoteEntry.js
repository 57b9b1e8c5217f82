// Shows the course's notebooks as calm pages, in JupyterLab and in the browser edition.
// A module-federation container written by hand: no bundler, no build step.
(function () {
  'use strict';

  const here = document.currentScript.src;
  const config = JSON.parse(document.getElementById('jupyter-config-data')?.textContent || '{}');
  const home = config.placeKitHome || 'course/00_welcome.ipynb';
  const known = new Set([].concat(config.placeKitCode || []));
  const inBrowser = config.placeKitEdition === 'browser';

  /** The address of a page of the course. In the browser edition each page is one of its own. */
  const addressOf = path => inBrowser
    ? `${config.baseUrl}notebooks/index.html?path=${path.split('/').map(encodeURIComponent).join('/')}`
    : `${config.baseUrl || '/'}doc/tree/${path}`;

  const WORDS = {
    started: 'Getting the page ready…',
    slow: 'Still getting the page ready. The first time can take a minute.',
    ready: 'Ready. Your answers are saved as you go.',
    stranger: 'This page is not as the course made it. Nothing on it has run yet.',
    failed: 'Part of this page did not load. Your answers are saved.',
    stopped: 'This page has stopped working. Your answers are saved.',
    lost: 'The course is not running any more. What is saved is safe, and anything not saved yet is '
      + `kept in this browser. To go on, ${inBrowser ? '' : 'start the course again (place-kit learn), then '}`
      + 'reload this page.',
    saved: 'Saved. Your answers are always saved as you go.',
    kept: 'A copy of this page is in your downloads.',
    theirs: 'You had changed this page: your own is kept beside it.',
    openTheirs: 'Open my own',
    notKept: 'The copy could not be made. Your answers are saved. Please try again.',
    run: 'Run this page',
    again: 'Start it again',
  };

  /** Codes of cells are compared by digest, so that only what the course shipped runs unasked. */
  async function digest(text) {
    const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('');
  }

  /** Make a link to a page of the course a plain one, that opens in the same tab; say if it is. */
  function leadThere(link) {
    const base = new URL(config.baseUrl, location.href);
    const inside = link.href.startsWith(base.href) ? link.href.slice(base.href.length) : '';
    const file = inside.match(/^files\/([^?#]+\.ipynb)(#.*)?$/);
    if (file) link.href = addressOf(decodeURIComponent(file[1])) + (file[2] || '');
    else if (!inside.startsWith('notebooks/index.html?path=')) return false;
    if (link.target) link.removeAttribute('target');
    return true;
  }

  function asText(words) {
    const node = document.createElement('p');
    node.textContent = words;
    return node.innerHTML;
  }

  const sourceOf = cell => cell.sharedModel.getSource();
  const codeCells = panel => panel.content.widgets.filter(cell => cell.model.type === 'code');

  async function isOurs(panel) {
    if (!window.crypto || !crypto.subtle) return false;
    const sources = codeCells(panel).map(cell => sourceOf(cell.model)).filter(text => text.trim());
    const digests = await Promise.all(sources.map(digest));
    return digests.every(one => known.has(one));
  }

  /** What a person could have changed on a page; outputs come anew each time it opens. */
  const meaningOf = panel =>
    JSON.stringify([...panel.content.model.cells].map(cell => [cell.type, sourceOf(cell)]));

  /** One line that says how the page does, with at most one thing to press. */
  class Bar {
    constructor(app, Widget) {
      this.app = app;
      this.node = document.createElement('div'); // Jupyter's panel around it is the banner
      this.node.className = 'place-bar';
      this.node.innerHTML = `
        <a class="place-home" href="#">Place-based working</a>
        <span class="place-says" role="status" aria-live="polite"></span>
        <button class="place-act" type="button" hidden></button>
        <button class="place-keep" type="button"></button>
        <button class="place-menu" type="button"></button>`;
      const [link, says, act, keep, menu] = this.node.children;
      Object.assign(this, { link, says, act, keep, menu, full: false });
      this.name(keep, 'Keep a copy', 'Copy');
      this.name(menu, 'Jupyter menu', 'Menu');
      link.href = inBrowser ? config.baseUrl : addressOf(home); // there, the front page
      link.addEventListener('click', event => {
        if (inBrowser) return;
        event.preventDefault();
        app.commands.execute('docmanager:open', { path: home });
      });
      keep.title = 'Download this page, with your answers, to print or keep';
      keep.addEventListener('click', () => current()?.keepCopy());
      menu.title = 'Show or hide the menus and tools of Jupyter';
      menu.addEventListener('click', () => this.setFull(!this.full));
      this.widget = new Widget({ node: this.node });
      this.widget.id = 'place-bar';
      // Jupyter lays its panels out by their least height: the bar may need two lines.
      new ResizeObserver(() => this.fit()).observe(this.node);
    }

    name(button, long, short) {
      button.setAttribute('aria-label', long);
      button.innerHTML = `<span class="place-long">${long}</span><span class="place-short">${short}</span>`;
    }

    fit() {
      const panel = this.widget.parent;
      if (!panel) return;
      const rows = [...this.node.children].map(one => one.getBoundingClientRect().bottom);
      const height = Math.ceil(Math.max(...rows) - this.node.getBoundingClientRect().top + 6);
      if (this.height === height) return;
      this.height = height;
      panel.node.style.minHeight = `${height}px`;
      this.app.shell.fit();
    }

    say(words, action = null) {
      this.says.textContent = words;
      this.act.hidden = !action;
      this.act.textContent = action ? action.label : '';
      this.act.onclick = action ? action.run : null;
      this.node.classList.toggle('place-has-action', Boolean(action));
      this.keep.hidden = !current();
      this.fit();
    }

    /** Between the page for reading and all of JupyterLab. */
    setFull(full) {
      const { shell } = this.app;
      this.full = full;
      if (full) this.name(this.menu, 'Back to the course', 'Back');
      else this.name(this.menu, 'Jupyter menu', 'Menu');
      document.body.classList.toggle('place-full', full);
      for (const part of shell.layout) {
        if (['jp-menu-panel', 'menu-panel-wrapper'].includes(part.id)) part.setHidden(!full);
      }
      for (const side of inBrowser ? [] : ['left', 'right']) {
        if (shell.isSideTabBarVisible(side) !== full) shell.toggleSideTabBarVisibility(side);
      }
      if (!full) {
        shell.collapseLeft();
        shell.collapseRight();
      }
      for (const page of pages) page.setCalm(!full);
      document.body.toggleAttribute('data-jp-suppress-context-menu', !full);
      this.fit();
    }
  }

  // A browser may refuse to remember; the course works without.
  function remembered(key) {
    try { return sessionStorage.getItem(key); } catch { return null; }
  }
  function remember(key, text) {
    try { sessionStorage.setItem(key, text); } catch { /* so the page opens at its top */ }
  }

  const pages = new Set();
  const current = () => [...pages].find(page => page.panel.isVisible);

  /** A notebook of the course, open. */
  class Page {
    constructor(panel, bar, NotebookActions) {
      Object.assign(this, { panel, bar, NotebookActions });
      this.words = '';
      this.action = null;
      this.running = false;
      this.restarts = [];
    }

    say(words, action = null) {
      Object.assign(this, { words, action });
      this.show();
    }

    show() {
      if (this.panel.isVisible) this.bar.say(this.words, this.action);
    }

    setCalm(calm) {
      this.panel.toolbar.setHidden(calm);
      for (const cell of this.panel.content.widgets) {
        cell.readOnly = calm || cell.model.getMetadata('editable') === false;
      }
    }

    title() {
      const heading = [...this.panel.content.model.cells].map(sourceOf).join('\n').match(/^# (.+)$/m);
      return heading ? `${heading[1]} – Place-based working` : '';
    }

    markHidden() {
      for (const cell of this.panel.content.widgets) {
        const tags = cell.model.getMetadata('tags') || [];
        cell.toggleClass('place-hide', tags.includes('hide-input'));
        cell.toggleClass('place-facilitator', tags.includes('facilitator'));
      }
    }

    /** What Jupyter leaves without a name, or gives a role that a page for reading has not. */
    nameParts() {
      const root = this.panel.content.node;
      for (const feed of root.querySelectorAll('[role=feed]')) feed.removeAttribute('role');
      for (const cell of root.querySelectorAll('.jp-Cell[aria-label]:not([role])')) {
        cell.removeAttribute('aria-label');
      }
      for (const graph of root.querySelectorAll('.jp-RenderedPlotly')) {
        const meta = graph.layout?.meta;
        if (!meta?.alt || graph.getAttribute('aria-label') === meta.alt) continue;
        graph.setAttribute('role', 'img');
        graph.setAttribute('aria-label', meta.alt);
      }
      if (inBrowser) root.querySelectorAll('a[href]').forEach(leadThere);
      for (const image of root.querySelectorAll('img.plot-img:not([alt])')) {
        image.alt = ''; // the picture as it was last drawn; its words stand beside it
      }
    }

    /** Outputs come anew at each opening, so they alone are no reason to save or to ask. */
    keepClean() {
      const model = this.panel.content.model;
      let kept = meaningOf(this.panel);
      const clean = () => {
        if (model.dirty && meaningOf(this.panel) === kept) model.dirty = false;
      };
      model.stateChanged.connect((_, change) => change.name === 'dirty' && clean());
      this.panel.context.saveState.connect((_, state) => {
        if (state === 'completed') kept = meaningOf(this.panel);
      });
      document.addEventListener('visibilitychange', () => {
        if (document.hidden && model.dirty && !this.panel.isDisposed) this.panel.context.save();
      });
      clean();
    }

    get scroller() {
      return this.panel.content.node.querySelector('.jp-WindowedPanel-outer') || this.panel.content.node;
    }

    /** The cell at the top of what is seen, and how much of it is above: good at any width. */
    place() {
      const top = this.scroller.getBoundingClientRect().top;
      const boxes = this.panel.content.widgets.map(cell => cell.node.getBoundingClientRect());
      const at = boxes.findIndex(box => box.bottom > top);
      return this.scroller.scrollTop > 0 && at >= 0 ? [at, top - boxes[at].top] : null;
    }

    goTo([at, above]) {
      const cell = this.panel.content.widgets[at];
      if (!cell) return;
      const away = cell.node.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
      this.scroller.scrollTop += away + above; // at once: nothing moves before the reader's eyes
    }

    /** Open where the reader was before a reload, unless they or the address lead elsewhere. */
    keepPlace() {
      const { scroller } = this;
      const key = `place-kit:place:${this.panel.context.path}`;
      const place = JSON.parse(remembered(key) || 'null');
      let due = 0;
      const note = () => {
        if (!this.panel.isDisposed && this.panel.isVisible) remember(key, JSON.stringify(this.place()));
      };
      const stop = new AbortController();
      const moves = ['wheel', 'touchmove', 'keydown', 'pointerdown'];
      const theirs = { capture: true, passive: true, signal: stop.signal };
      for (const move of moves) document.addEventListener(move, () => stop.abort(), theirs);
      const again = () => stop.signal.aborted || this.panel.isDisposed || this.goTo(place);
      if (scroller.scrollTop === 0 && place && !location.hash) {
        // Forms and pictures take their room a moment after their cells have run.
        const grown = new ResizeObserver(again);
        for (const cell of this.panel.content.widgets) grown.observe(cell.node);
        stop.signal.addEventListener('abort', () => grown.disconnect());
        setTimeout(() => stop.abort(), 3000);
        again();
      } else stop.abort();
      scroller.addEventListener('scroll', () => {
        cancelAnimationFrame(due);
        due = requestAnimationFrame(note);
      }, { passive: true });
      if (scroller.scrollTop > 0) note();
    }

    /** Jupyter leaves the focus on a cell, which has no name; a reader starts at the title. */
    focusTitle() {
      const now = document.activeElement;
      const nowhere = !now || now === document.body
        || (this.panel.node.contains(now) && now.matches('.jp-Cell, .jp-Notebook, .jp-WindowedPanel-outer'));
      const title = this.panel.content.node.querySelector('.jp-RenderedMarkdown h1');
      if (!nowhere || !title || !this.panel.isVisible || this.bar.full) return;
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
    }

    async open() {
      const { panel } = this;
      if (inBrowser) await this.asShipped(this.bar.app.serviceManager.contents).catch(error => console.warn('place-kit:', error));
      if (panel.isDisposed) return;
      panel.addClass('place-course');
      this.markHidden();
      this.nameParts();
      let due = 0;
      const changed = new MutationObserver(() => {
        cancelAnimationFrame(due);
        due = requestAnimationFrame(() => this.nameParts());
      });
      // Jupyter turns a link to a file into an address a moment after the text is there.
      changed.observe(panel.content.node, { childList: true, subtree: true, attributeFilter: ['href'] });
      panel.disposed.connect(() => changed.disconnect());
      this.setCalm(!this.bar.full);
      this.keepClean();
      panel.sessionContext.statusChanged.connect((_, status) => this.follow(status));
      panel.sessionContext.connectionStatusChanged.connect((_, status) => this.connection(status));
      this.say(WORDS.started);
      const slow = setTimeout(() => this.say(WORDS.slow), 20000);
      await panel.sessionContext.ready; 
      await panel.revealed; 
      clearTimeout(slow);
      await this.runIfOurs();
      if (panel.isDisposed) return;
      this.keepPlace();
      this.focusTitle();
    }

    /**
     * In the browser edition a page that was saved stands before the course's own for ever, also
     * before one that was mended since. So the course's own is what opens; where the reader's was
     * changed, it is kept beside it.
     */
    async asShipped(contents) {
      const { panel } = this;
      const { path } = panel.context;
      const answer = await fetch(`${config.baseUrl}files/${path.split('/').map(encodeURIComponent).join('/')}`);
      if (!answer.ok) return; // a page of their own
      const shipped = await answer.json();
      const whole = one => [one.cell_type, [].concat(one.source).join(''), one.metadata?.tags];
      const cells = model => JSON.stringify(model.cells.map(whole));
      const stored = panel.content.model.toJSON();
      const changed = cells(stored) !== cells(shipped);
      if (changed) {
        let own;
        for (let turn = 1; !own || await contents.get(own, { content: false }).catch(() => null); turn += 1) {
          own = path.replace(/\.ipynb$/, turn > 1 ? ` (my own ${turn}).ipynb` : ' (my own).ipynb');
        }
        await contents.save(own, { type: 'notebook', format: 'json', content: stored });
        this.theirs = { label: WORDS.openTheirs, run: () => location.assign(addressOf(own)) };
      } else if (!stored.cells.some(one => one.outputs?.length)) return; // not a saved one
      await contents.delete(path);
      if (changed) await panel.context.revert();
    }

    async runIfOurs() {
      this.ours = await isOurs(this.panel);
      if (this.ours) await this.run();
      else this.say(WORDS.stranger, { label: WORDS.run, run: () => this.run() });
    }

    /** Run all code cells, one after another; never twice at once. */
    async run() {
      if (this.running || this.panel.isDisposed) return;
      this.running = true;
      this.say(WORDS.started);
      const { content, sessionContext } = this.panel;
      let well = true;
      try {
        const cells = codeCells(this.panel).filter(cell => sourceOf(cell.model).trim());
        for (const cell of cells) cell.model.clearExecution();
        // Each when the one before is done: an answer given meanwhile is saved in between, and a
        // cell that fails stops none of those after it.
        for (const cell of cells) {
          const gone = this.panel.isDisposed || this.restarting; // then all of them run anew
          well = !gone && await this.NotebookActions.runCells(content, [cell], sessionContext) && well;
          if (gone) break;
        }
        for (const cell of cells) {
          const { outputs } = cell.model;
          const types = Array.from({ length: outputs.length }, (_, at) => outputs.get(at).type);
          cell.toggleClass('place-failed', types.includes('error'));
        }
      } catch (error) {
        well = false;
        console.warn('place-kit:', error);
      } finally {
        this.running = false;
      }
      const again = { label: WORDS.again, run: () => this.restart() };
      if (this.panel.isDisposed) return;
      if (well && this.theirs) this.say(`${WORDS.ready} ${WORDS.theirs}`, this.theirs);
      else if (well) this.say(WORDS.ready);
      else if (!this.restarting) this.say(WORDS.failed, again);
      this.panel.content.node.dataset.placeRan = Number(this.panel.content.node.dataset.placeRan || 0) + 1;
    }

    /** What tells of the whole course is told anew when the reader comes back to the page. */
    async renew() {
      const told = codeCells(this.panel).filter(cell => (cell.model.getMetadata('tags') || []).includes('renew'));
      if (!this.ours || this.running || this.panel.isDisposed || !told.length) return;
      await this.NotebookActions.runCells(this.panel.content, told, this.panel.sessionContext);
    }

    async keepCopy() {
      try {
        await this.download();
      } catch {
        this.say(WORDS.notKept); // the course was stopped, say
      }
    }

    /** Download the page as it stands now, with its answers, as one file for any browser. */
    async download() {
      if (this.ours) await this.run();
      if (!inBrowser) await this.panel.context.save();
      const html = inBrowser ? this.asPage() : await this.converted();
      if (!html) return this.say(WORDS.notKept);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([html], { type: 'text/html' }));
      link.download = this.panel.context.path.split('/').pop().replace(/\.ipynb$/, '.html');
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      this.say(WORDS.kept);
    }

    async converted() {
      const path = this.panel.context.path.split('/').map(encodeURIComponent).join('/');
      const answer = await fetch(`${config.baseUrl || '/'}nbconvert/html/${path}`);
      // Jupyter can only write the language without its country, and titles a page by its file.
      return answer.ok && (await answer.text())
        .replace(/<html[^>]*>/, '<html lang="en-GB">')
        .replace(/<title>[^<]*<\/title>/, () => `<title>${asText(this.title())}</title>`);
    }

    /** The page without a server to write it: the same words and pictures, plainly set. */
    asPage() {
      const parts = this.panel.content.widgets.map(cell => {
        if (cell.hasClass('place-facilitator')) return '';
        if (cell.model.type === 'markdown') {
          return cell.node.querySelector('.jp-RenderedMarkdown')?.innerHTML || '';
        }
        const { outputs } = cell.model;
        return Array.from({ length: outputs?.length || 0 }, (_, at) => {
          const data = outputs.get(at).data;
          return data['text/html'] || data['image/svg+xml'] || `<pre>${asText(String(data['text/plain'] || ''))}</pre>`;
        }).join('\n');
      });
      return `<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${asText(this.title())}</title>
<style>body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:17px/1.6 system-ui,sans-serif}</style>
</head><body><main>\n${parts.join('\n')}\n</main></body></html>`;
    }

    async restart() {
      this.restarts = [];
      this.say(WORDS.started);
      await this.panel.sessionContext.restartKernel();
    }

    follow(status) {
      // Jupyter's own box about a kernel that died would say it in Jupyter's words.
      this.panel._autorestarting = true;
      if (status === 'restarting' || status === 'autorestarting') {
        this.restarting = true;
        this.restarts.push([Date.now(), status]);
      } else if (status === 'idle' && this.restarting) {
        this.restarting = false;
        this.afterRestart();
      } else if (status === 'dead') {
        this.say(WORDS.stopped, { label: WORDS.again, run: () => this.restart() });
      }
    }

    async afterRestart() {
      const minute = Date.now() - 60000;
      const died = this.restarts.filter(([at, how]) => at > minute && how === 'autorestarting');
      const again = { label: WORDS.again, run: () => this.restart() };
      if (died.length > 2) this.say(WORDS.stopped, again);
      else await this.runIfOurs();
    }

    /** A laptop that wakes up reconnects by itself in a moment; a stopped server does not. */
    connection(status) {
      clearTimeout(this.waiting);
      if (status === 'connected' && this.words === WORDS.lost) this.say(WORDS.ready);
      else if (status === 'disconnected') this.say(WORDS.lost);
      else if (status === 'connecting' && !this.restarting) {
        this.waiting = setTimeout(() => this.say(WORDS.lost), 6000);
      }
    }
  }

  /** Let the browser's Back and Forward lead from page to page, as on any site. */
  function keepHistory(app, bar) {
    const pathOf = url => {
      const found = url.pathname.match(/\/tree\/(.+\.ipynb)$/);
      return found && decodeURIComponent(found[1]);
    };
    const push = history.pushState.bind(history);
    history.pushState = (data, unused, to) => {
      const url = new URL(to, location.href);
      // Jupyter also notes each folder on the way, and a page again that it is at already.
      if (bar.full || (pathOf(url) && url.pathname !== location.pathname)) push(data, unused, to);
      // A second tab opens with ?reset=1, and starts anew for ever where Jupyter cannot drop it.
      else if (url.pathname === location.pathname && url.search !== location.search) {
        history.replaceState(data, unused, to);
      }
    };
    window.addEventListener('popstate', () => {
      const path = pathOf(location);
      if (path) app.commands.execute('docmanager:open', { path });
    });
  }

  function plugin({ INotebookTracker, NotebookActions, Widget }) {
    return {
      id: 'place-kit:plugin',
      description: 'Shows the notebooks of the course as calm pages.',
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app, tracker) => {
        document.documentElement.lang = 'en-GB';
        document.body.classList.add('place-calm');
        document.title = 'Place-based working';
        const bar = new Bar(app, Widget);
        app.shell.add(bar.widget, 'top', { rank: 0 });
        app.restored.then(() => bar.setFull(false));
        // Jupyter names the window after a shortened file name: a page has a title.
        const retitle = () => {
          const title = current()?.title();
          if (title && document.title !== title) document.title = title;
        };
        new MutationObserver(retitle).observe(document.head, { childList: true, subtree: true });

        const visit = async panel => {
          await panel.context.ready;
          const place = panel.content.model.getMetadata('place');
          if (!place || !place.autorun || panel.isDisposed) return;
          const page = new Page(panel, bar, NotebookActions);
          pages.add(page);
          panel.disposed.connect(() => pages.delete(page));
          await page.open();
        };
        tracker.forEach(visit);
        tracker.widgetAdded.connect((_, panel) => visit(panel));
        tracker.currentChanged.connect((_, panel) => {
          const page = [...pages].find(one => one.panel === panel);
          setTimeout(() => (page ? page.show() : bar.say('')), 0); // when it is visible
          page?.renew();
        });
        if (!inBrowser) keepHistory(app, bar);
        else document.addEventListener('click', event => {
          const link = event.target.closest?.('.jp-Notebook a[href]');
          if (link && leadThere(link)) event.stopPropagation(); // Jupyter would open a tab
        }, true);
        // Single letters are Jupyter's shortcuts (d d deletes a cell): not on a page for reading.
        const press = app.commands.processKeydownEvent.bind(app.commands);
        app.commands.processKeydownEvent = event => {
          if (bar.full || !current()) press(event);
        };
        for (const kind of ['keydown', 'pointerdown']) {
          const keys = kind === 'keydown';
          document.addEventListener(kind, () => document.body.classList.toggle('place-keys', keys), true);
        }
        document.addEventListener('keydown', event => {
          const save = (event.ctrlKey || event.metaKey) && event.key === 's';
          if (!save || bar.full) return;
          event.preventDefault(); // the browser would offer to save the web page
          const page = current();
          if (page && page.panel.content.model.dirty) page.panel.context.save();
          bar.say(WORDS.saved);
        }, true);
      },
    };
  }

  /** The bar says that the course has stopped: no box of Jupyter's on top of it. */
  const quiet = ({ IConnectionLost }) => ({
    id: 'place-kit:connection-lost',
    description: 'Leaves it to the bar to say that the course has stopped.',
    autoStart: true,
    provides: IConnectionLost,
    activate: () => async () => {},
  });

  /** Python starts while JupyterLab is built, which then takes the session of its own path. */
  const early = {
    id: 'place-kit:early-start',
    description: 'Starts the Python of the notebook in the address at once.',
    autoStart: true,
    activate: app => {
      const path = new URL(location.href).searchParams.get('path');
      if (path?.endsWith('.ipynb')) startPython(app.serviceManager, path);
    },
  };

  async function startPython({ kernelspecs, sessions }, path) {
    await kernelspecs.ready;
    const has = ({ kernelspecs: known }) => Boolean(known.python);
    if (!has(kernelspecs.specs)) await new Promise(done => {
      const look = (_, specs) => {
        if (!has(specs)) return;
        kernelspecs.specsChanged.disconnect(look);
        done();
      };
      kernelspecs.specsChanged.connect(look);
    });
    const asked = { path, name: path, type: 'notebook', kernel: { name: 'python' } };
    const connection = await sessions.startNew(asked, { kernelConnectionOptions: { handleComms: false } });
    connection.dispose(); // the session goes on
  }

  /** A fault of the browser's storage is told to Python, which would otherwise wait for ever. */
  function tellFaults({ DriveContentsProcessor: { prototype } }) {
    const process = prototype.processDriveRequest;
    prototype.processDriveRequest = function (request) {
      // The service worker makes an error of it.
      return process.call(this, request).catch(error => ({ placeKitFault: String(error?.name || error) }));
    };
  }

  let scope = {};
  /** A module that JupyterLab itself uses and shares. */
  async function shared(name) {
    const versions = Object.values(scope[name] || {});
    return (await versions[versions.length - 1].get())();
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB['place-kit'] = {
    init: given => { scope = given; },
    get: async () => {
      const style = document.createElement('link');
      style.rel = 'stylesheet';
      style.href = new URL('style.css', here).href;
      document.head.appendChild(style);
      const [{ INotebookTracker, NotebookActions }, { Widget }, application] = await Promise.all([
        shared('@jupyterlab/notebook'), shared('@lumino/widgets'), shared('@jupyterlab/application'),
      ]);
      const found = [plugin({ INotebookTracker, NotebookActions, Widget }), quiet(application)];
      if (inBrowser) {
        found.push(early);
        tellFaults(await shared('@jupyterlite/services'));
      }
      return () => ({ __esModule: true, default: found });
    },
  };
})();
