"use strict";
// Interaction only: every word shown here was written into the data by the renderer, and is put
// on the page as text, never as markup. Without this script the page still reads.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { strings, figures, relations, findings } = data;
  const panel = document.getElementById("panel");
  const about = document.getElementById("about");
  const panes = document.getElementById("panes");
  const book = document.getElementById("book");
  document.documentElement.classList.add("js");

  // ------------------------------------------------------------ small helpers
  const make = (name, properties = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(properties)) {
      if (key in element) element[key] = value;
      else element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child != null && child !== ""));
    return element;
  };
  const fill = (text, fields) => text.replace(/\{(\w+)\}/g, (_, key) => fields[key]);
  const hashOf = (link) => link.getAttribute("href"); // an SVG link has no .hash
  const target = () => decodeURIComponent(location.hash.slice(1));
  const toFigure = (id, text) => make("a", { href: "#" + encodeURIComponent(id) }, text);

  // ------------------------------------------------------------------- panel
  let chosen = null;

  function choose(id, moveFocus, stay) {
    if (!stay) showView("as-read");
    if (chosen) document.getElementById(chosen)?.classList.remove("chosen");
    document.querySelectorAll(".f.kin").forEach((f) => f.classList.remove("kin"));
    chosen = id;
    document.getElementById(id)?.classList.add("chosen");
    about.replaceChildren(...describe(id));
    panel.hidden = false;
    panes.classList.add("open");
    panel.scrollTop = 0;
    document.getElementById(id)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    rove(document.getElementById(id));
    if (moveFocus) about.querySelector("h2").focus({ preventScroll: true });
  }

  function close() {
    if (panel.hidden) return;
    panel.hidden = true;
    panes.classList.remove("open");
    const element = document.getElementById(chosen);
    element?.classList.remove("chosen");
    document.querySelectorAll(".f.kin").forEach((f) => f.classList.remove("kin"));
    history.replaceState(null, "", location.pathname + location.search);
    element?.focus({ preventScroll: true });
    chosen = null;
  }

  function describe(id) {
    const figure = figures[id];
    const state = make("span", { className: "badge " + figure.state }, strings[figure.state]);
    const rows = make("dl", { className: "about" });
    const row = (caption, ...parts) =>
      parts.some(Boolean) && rows.append(make("div", {}, make("dt", {}, caption), make("dd", {}, ...parts)));
    row(strings.state, state, " " + (figure.reason || strings[figure.state + "_why"]));
    row(strings.interval, figure.interval);
    row(strings.quantity, figure.quantity && quantity(figure), figure.unread && `${strings.unread}: ${figure.unread}`);
    row(strings.where, figure.where);
    row(strings.same, figure.same && list(figure.same, figure.text));
    const heading = make("h2", { tabIndex: -1 }, figure.home, make("b", {}, figure.text));
    return [heading, rows, ...touching(figure), ...partakes(id, figure)];
  }

  function quantity(figure) {
    const pairs = figure.quantity.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]);
    return make("div", {}, make("dl", { className: "coordinates" }, ...pairs), make("code", {}, figure.key));
  }

  function list(ids, text) {
    return make("ul", {}, ...ids.map((id) => make("li", {}, also(id, text))));
  }

  /** A link to another printing of the same quantity; with its text where that reads otherwise. */
  function also(id, text) {
    const other = figures[id];
    return toFigure(id, other.text === text ? other.home : `${other.text}  ${other.home}`);
  }

  function touching(figure) {
    if (!figure.findings) return [];
    const items = figure.findings.map((print) => {
      const finding = findings[print];
      const badge = make("span", { className: "badge " + finding.severity }, finding.label);
      return make("li", {}, badge, make("a", { href: "#finding-" + print }, finding.message));
    });
    const title = fill(strings.touching, { n: items.length });
    return [make("h3", {}, title), make("ul", { className: "touching" }, ...items)];
  }

  function partakes(id, figure) {
    const indexes = figure.relations || [];
    if (!indexes.length) return [make("h3", {}, strings.no_relations)];
    const shown = indexes.map((index) => relation(relations[index], id));
    return [make("h3", {}, fill(strings.relations, { n: indexes.length })), ...shown];
  }

  function relation(given, here) {
    const body = make("tbody");
    const left = given.left || [];
    const right = given.right || [];
    // A percentage is one term over the other; everything else a sum on each side.
    const joint = given.sign ? "+" : "÷";
    left.forEach((term, n) => body.append(termRow(n ? joint : "", term, here)));
    right.forEach((term, n) => body.append(termRow(n ? "+" : given.sign, term, here)));
    if (given.sign && !right.length) body.append(make("tr", {}, make("td", {}, given.sign), make("td", {}, "0"), make("td")));
    if (given.constant) body.append(make("tr", {}, make("td"), make("td", {}, given.constant), make("td")));
    if (given.percentage) body.append(termRow("=", { figures: [given.percentage] }, here));
    const outcome = [
      given.difference && fill(strings.difference, { value: given.difference }),
      given.allowed && fill(strings.allowed, { value: given.allowed }),
      given.uncertain && strings.uncertain,
    ].filter(Boolean);
    const why = make("span", {}, given.why.join("；"));
    const badge = make("span", { className: "badge " + given.state }, strings[given.state]);
    const box = make(
      "div",
      { className: "relation" },
      make("p", {}, why, badge),
      make("table", {}, body),
      outcome.length ? make("span", { className: "outcome" }, outcome.join(" · ")) : null,
    );
    box.addEventListener("mouseenter", () => mark(given, true));
    box.addEventListener("mouseleave", () => mark(given, false));
    return box;
  }

  const rowHead = (words) => make("th", { scope: "row" }, words);

  function termRow(sign, term, here) {
    const factor = term.factor && term.factor !== 1 ? `${term.factor} × ` : "";
    if (!term.figures.length) {
      return make("tr", {}, make("td", {}, sign), make("td", {}, factor, term.elsewhere ? strings.other_book : strings.unprinted), rowHead(term.words));
    }
    const mine = term.figures.includes(here);
    const first = mine ? here : term.figures[0];
    const value = mine ? make("span", {}, figures[first].text) : toFigure(first, figures[first].text);
    const label = rowHead(figures[first].home);
    for (const other of term.figures.filter((id) => id !== first)) {
      label.append(" · ", also(other, figures[first].text));
    }
    return make("tr", { className: mine ? "here" : "" }, make("td", {}, sign), make("td", {}, factor, value), label);
  }

  /** Show in the book which figures a relation ties together. */
  function mark(given, on) {
    const terms = [...(given.left || []), ...(given.right || [])];
    const ids = terms.flatMap((term) => term.figures).concat(given.percentage || []);
    for (const id of ids) document.getElementById(id)?.classList.toggle("kin", on);
  }

  // -------------------------------------------------- links, hashes, focus
  let byKeyboard = false;
  let from = null; // the link that was followed, if it was one of this page

  function follow() {
    const id = target();
    const there = document.getElementById(id);
    if (figures[id]) choose(id, byKeyboard, from?.closest("#pages"));
    else if (findings[id]) reveal("finding-" + id);
    else if (id.startsWith("finding-")) reveal(id);
    else if (there?.closest("#pages")) showPage(there, from?.dataset.finding);
    else if (there?.closest("#as-read")) {
      showView("as-read");
      there.scrollIntoView();
    } else if (tabs.some((tab) => tab.hash === "#" + id)) {
      showTab(id);
      there.focus({ preventScroll: true });
      there.scrollIntoView({ block: "nearest" });
    }
    byKeyboard = false;
    from = null;
  }

  // -------------------------------------------------------- pages and boxes
  const pages = document.getElementById("pages");
  const boxes = [...document.querySelectorAll(".box")];
  const marking = (print) => boxes.filter((box) => box.dataset.findings.split(" ").includes(print));

  /** Bring out the boxes of one finding and dim the others; none: show all alike. */
  function spotlight(print) {
    pages?.classList.toggle("spot", Boolean(print));
    for (const box of boxes) box.classList.remove("lit");
    const lit = print ? marking(print) : [];
    for (const box of lit) box.classList.add("lit");
    return lit;
  }

  /** The box to look at first: a suspect, if one is among them. */
  const worst = (lit) => lit.find((box) => box.querySelector(".suspect")) || lit[0];

  function showPage(page, print) {
    showView("pages");
    const lit = spotlight(print).filter((box) => page.contains(box));
    if (lit.length) worst(lit).scrollIntoView({ block: "center", inline: "nearest" });
    else page.scrollIntoView();
    page.focus({ preventScroll: true });
  }

  /** A click on a finding, where it is no link, shows its boxes if the pages are in sight. */
  document.querySelector(".findings")?.addEventListener("click", (event) => {
    const finding = event.target.closest(".finding");
    if (!finding || event.target.closest("a, summary") || !pages || pages.hidden) return;
    worst(spotlight(finding.id.slice("finding-".length)))?.scrollIntoView({ block: "center" });
  });

  /** Bring a finding into sight even if a tab or the filter hides it. */
  function reveal(id) {
    const element = document.getElementById(id);
    if (!element) return;
    showTab("findings");
    if (element.closest("li").hidden) {
      filter.reset();
      applyFilter();
    }
    element.querySelector("details")?.setAttribute("open", "");
    const lit = spotlight(id.slice("finding-".length));
    if (lit.length && !pages.hidden && !from?.closest("#pages")) worst(lit).scrollIntoView({ block: "center" });
    element.scrollIntoView({ block: "nearest" });
    element.focus({ preventScroll: true });
  }

  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) return;
    byKeyboard = event.detail === 0;
    from = link;
    // A link to where one already is changes no hash, so it must be followed by hand.
    if (decodeURIComponent(hashOf(link).slice(1)) === target()) follow();
  });
  document.getElementById("close").addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  // ------------------------------------ moving between figures by keyboard
  // Each table and each paragraph is one stop of the Tab key; arrows move inside and beyond.
  const all = [...book.querySelectorAll(".f")];
  const group = (figure) => figure.closest("table, p, ul, .heading");
  const stops = new Map();
  for (const figure of all) {
    figure.tabIndex = stops.has(group(figure)) ? -1 : 0;
    if (!stops.has(group(figure))) stops.set(group(figure), figure);
  }

  function rove(figure) {
    if (!figure || !stops.has(group(figure))) return;
    stops.get(group(figure)).tabIndex = -1;
    figure.tabIndex = 0;
    stops.set(group(figure), figure);
  }

  function vertical(figure, step) {
    const cell = figure.closest("td, th");
    if (!cell) return null;
    const x = cell.getBoundingClientRect().left;
    let row = cell.parentElement;
    while ((row = step > 0 ? row.nextElementSibling : row.previousElementSibling)) {
      const found = [...row.querySelectorAll(".f")].find(
        (other) => Math.abs(other.closest("td, th").getBoundingClientRect().left - x) < 2,
      );
      if (found) return found;
    }
    return null;
  }

  book.addEventListener("keydown", (event) => {
    const figure = event.target.closest?.(".f");
    if (!figure || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const upright = event.key === "ArrowDown" || event.key === "ArrowUp";
    const next = (upright && vertical(figure, step)) || all[all.indexOf(figure) + step];
    if (!next) return;
    event.preventDefault();
    rove(next);
    next.focus();
    if (!panel.hidden) {
      history.replaceState(null, "", "#" + encodeURIComponent(next.id));
      choose(next.id, false);
    }
  });

  // -------------------------------------------------------------------- tabs
  /** Makes a list of links into tabs; returns what shows one of them by the name of its section. */
  function makeTabs(list, shown) {
    const links = [...list.querySelectorAll("a")];
    const section = (link) => document.getElementById(link.hash.slice(1));
    const show = (name) => {
      for (const link of links) {
        const on = link.hash === "#" + name;
        link.setAttribute("aria-selected", String(on));
        link.tabIndex = on ? 0 : -1;
        section(link).hidden = !on;
      }
    };
    list.setAttribute("role", "tablist");
    for (const link of links) {
      link.setAttribute("role", "tab");
      link.setAttribute("aria-controls", link.hash.slice(1));
      section(link).setAttribute("role", "tabpanel");
      section(link).tabIndex = -1;
      link.addEventListener("click", (event) => {
        event.preventDefault();
        event.stopPropagation();
        show(link.hash.slice(1));
      });
      link.addEventListener("keydown", (event) => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const next = links[(links.indexOf(link) + step + links.length) % links.length];
        show(next.hash.slice(1));
        next.focus();
      });
    }
    show(shown);
    return { show, links };
  }

  const { show: showTab, links: tabs } = makeTabs(document.querySelector("#side .tabs"), "findings");
  const views = document.querySelector("#book .tabs");
  const { show: showView } = views ? makeTabs(views, "pages") : { show: () => {} };

  // ------------------------------------------------------------------ filter
  const filter = document.getElementById("filter");
  const items = [...document.querySelectorAll(".findings > li")];

  const parts = (item) => `${item.dataset.statements} ${item.dataset.sections}`.split(" ");

  function applyFilter() {
    const wanted = new FormData(filter);
    const severities = wanted.getAll("severity");
    const words = wanted.get("text").trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const item of items) {
      const text = item.textContent.toLowerCase();
      const fits =
        severities.includes(item.dataset.severity) &&
        (!wanted.get("rule") || wanted.get("rule") === item.dataset.rule) &&
        (!wanted.get("statement") || parts(item).includes(wanted.get("statement"))) &&
        words.every((word) => text.includes(word));
      item.hidden = !fits;
      shown += fits;
    }
    document.getElementById("shown").textContent = fill(strings.shown, { shown, total: items.length });
    document.getElementById("none-match").hidden = shown > 0;
  }

  if (filter) {
    filter.addEventListener("input", applyFilter);
    filter.addEventListener("submit", (event) => event.preventDefault());
    applyFilter();
  }

  // ------------------------------------------------------------------ legend
  const legend = [...document.querySelectorAll(".legend button")];
  for (const button of legend) {
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      for (const other of legend) other.setAttribute("aria-pressed", String(on && other === button));
      if (on) {
        document.body.dataset.only = button.dataset.state;
        book.querySelector(".f." + button.dataset.state)?.scrollIntoView({ block: "center" });
      } else delete document.body.dataset.only;
    });
  }

  addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((details) => (details.open = true));
  });

  if (target()) follow();
  else if (boxes.length && matchMedia("(min-width: 1000px)").matches) {
    worst(marking(firstPrint()))?.scrollIntoView({ block: "center" });
  }

  /** The fingerprint of the first finding: what a reader sees first beside it is its page. */
  function firstPrint() {
    return document.querySelector(".finding").id.slice("finding-".length);
  }
})();
