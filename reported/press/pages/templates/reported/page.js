// What the page does beyond showing itself: contents that follow the reader, a choice that numbers and drawings follow,
// tables to sort and filter, panels that show a table's row in place. Without it, everything is still there to read.
// This is a Jinja template.
(() => {
  "use strict";

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };
  // What an address within the page leads to; a `%` in it that begins no code is itself.
  const at = (hash) => {
    let name = hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* as it is */ }
    return document.getElementById(name);
  };
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  // Contents: open beside the text where there is room, otherwise a bar that opens on demand. This runs before the text
  // below it is laid out, so nothing jumps.
  const contents = document.querySelector("nav.page-contents");
  const disclosure = contents && contents.querySelector("details");
  const margin = matchMedia("(min-width: 72rem)");
  document.documentElement.classList.add("page-scripted");
  if (disclosure) {
    const fit = () => {
      disclosure.open = margin.matches;
      disclosure.querySelector("summary").tabIndex = margin.matches ? -1 : 0;
    };
    fit();
    margin.addEventListener("change", fit);
    const close = () => { if (!margin.matches) disclosure.open = false; };
    disclosure.addEventListener("click", (event) => { if (event.target.closest("a")) close(); });
    disclosure.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !margin.matches && disclosure.open) {
        close();
        disclosure.querySelector("summary").focus();
      }
    });
    disclosure.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !disclosure.contains(event.relatedTarget)) close();
    });
    document.addEventListener("pointerdown", (event) => { if (!disclosure.contains(event.target)) close(); });
  }

  // Calls `act` at most once a frame, however often it is asked to.
  const eachFrame = (act) => {
    let waiting = false;
    return () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; act(); });
    };
  };

  function followReader() {
    if (!disclosure) return;
    const places = [];
    for (const link of contents.querySelectorAll("a")) {
      const heading = at(link.hash);
      if (heading) places.push({ link, heading });
    }
    const here = contents.querySelector(".page-here");
    let current = null;
    const follow = () => {
      // at the very end the last heading counts, which may not get any higher
      const ended = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
      const line = ended ? innerHeight : innerHeight * 0.3;
      let place = null;
      for (const candidate of places) {
        if (candidate.heading.getBoundingClientRect().top > line) break;
        place = candidate;
      }
      if (place === current) return;
      current = place;
      for (const { link } of places) link.removeAttribute("aria-current");
      here.textContent = place ? words(place.link) : "";
      if (!place) return;
      place.link.setAttribute("aria-current", "location");
      const box = disclosure.getBoundingClientRect();
      const mark = place.link.getBoundingClientRect();
      if (mark.top < box.top) disclosure.scrollTop -= box.top - mark.top + 40;
      if (mark.bottom > box.bottom) disclosure.scrollTop += mark.bottom - box.bottom + 40;
    };
    addEventListener("scroll", eachFrame(follow), { passive: true });
    addEventListener("resize", eachFrame(follow));
    follow();
  }

  // Boxes are looked at in the next frame: what changes their size within the same one is an error of the page.
  const resized = (fit) => new ResizeObserver((entries) => requestAnimationFrame(() => {
    for (const entry of entries) fit(entry.target);
  }));

  // What is wider than its column can be scrolled by keyboard, and says what it is. What fits is left alone.
  function scrollRegions() {
    const fit = (box) => {
      const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      const role = box.matches(".page-scroll") ? "region" : "group";
      const label = box.dataset.label || (box.matches("pre") ? "Code" : "Formula or table");
      for (const [name, value] of [["tabindex", "0"], ["role", role], ["aria-label", label]]) {
        if (scrolls) box.setAttribute(name, value);
        else box.removeAttribute(name);
      }
    };
    const observer = resized(fit);
    for (const box of document.querySelectorAll("main :is([data-label], .page-scroll, pre, p:has(> math))")) {
      fit(box);
      observer.observe(box);
    }
  }

  // In a table of the page's own each cell is in its column; a group's row has one cell for all.
  const headsOf = (table) => [...table.tHead.rows[0].cells];
  const isGroup = (row) => row.cells.length === 1 && row.cells[0].scope === "rowgroup";
  const target = (hash) => {
    const element = at(hash);
    return element && element.matches(".page-ours tr") ? element : null;
  };

  // ---------------------------------------------------------------- the reader's choice

  // Kept in the address as #reading=cautious, before the place, if any: #reading=cautious&figure-x. A link's words follow
  // where they are those of the row it leads to.
  function choice() {
    const root = document.documentElement;
    const box = document.querySelector(".page-choice");
    if (!box) return;
    const name = box.dataset.name;
    const standard = root.dataset.standard = root.dataset.choice;
    const status = document.querySelector(".page-controls [role=status]");
    const chosen = document.querySelector(".page-chosen");
    const radios = [...box.querySelectorAll("input")];
    const data = document.getElementById("page.choices");
    const said = data ? JSON.parse(data.textContent) : {};
    const followers = [];
    for (const element of document.querySelectorAll("[data-choices]")) {
      followers.push([element, JSON.parse(element.dataset.choices)]);
    }
    for (const link of document.querySelectorAll("main a[href^='#']")) {
      const choices = said[at(link.hash)?.id];
      if (choices && words(link) === choices[standard]) followers.push([link, choices]);
    }
    const show = (value, announce) => {
      root.dataset.choice = value;
      for (const [element, choices] of followers) {
        element.textContent = choices[value] ?? choices[standard] ?? "";
        // a mark, such as a verdict's, belongs to the words that hold without a choice
        element.classList.toggle("page-other", element.textContent !== choices[standard]);
      }
      for (const radio of radios) radio.checked = radio.value === value;
      const label = words(radios.find((radio) => radio.value === value).parentElement);
      chosen.textContent = `${words(box.querySelector("legend"))}: ${label}`;
      if (announce || value !== standard) status.textContent = `${words(box.querySelector("legend"))}: ${label}. Tables, charts and linked answers follow; other sentences keep to ${standard}.`;
      document.dispatchEvent(new Event("choice"));
    };
    const parts = () => {
      const [first, ...rest] = location.hash.slice(1).split("&");
      const value = first.startsWith(`${name}=`) ? first.slice(name.length + 1) : null;
      return { value, place: value === null ? location.hash.slice(1) : rest.join("&") };
    };
    const write = (place) => {
      const value = root.dataset.choice;
      const hash = [value === standard ? "" : `${name}=${value}`, place].filter(Boolean).join("&");
      history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
    };
    const fromAddress = () => {
      const { value, place } = parts();
      if (value !== null) show(radios.some((radio) => radio.value === value) ? value : standard, true);
      if (value !== null && place) at(`#${place}`)?.scrollIntoView();
      write(place);
    };
    box.hidden = false;
    box.addEventListener("change", (event) => {
      show(event.target.value, true);
      write(parts().place);
    });
    addEventListener("hashchange", fromAddress);
    const { value, place } = parts();
    if (radios.some((radio) => radio.value === value)) show(value, true);
    // once the page is there, the place alone marks it, and the address is written anew
    if (value !== null && place) addEventListener("load", () => setTimeout(() => location.replace(`#${place}`)));
  }

  // ---------------------------------------------------------------- tables to sort and filter

  const numberIn = (text) => {
    const plain = text.replace(/[,\u00a0\u202f]/g, "").replace("\u2212", "-");
    const found = plain.match(/(-?\d+(?:\.\d+)?)(?: (million|billion|trillion))?/);
    return found ? found[1] * ({ million: 1e6, billion: 1e9, trillion: 1e12 }[found[2]] ?? 1) : null;
  };

  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });

  // By numbers as they are read, else by the alphabet; a cell's own `sort`, such as 2024-06-11, before both.
  function compare(one, other) {
    const [a, b] = [numberIn(one), numberIn(other)];
    const numeric = /^[^\d]{0,14}\d/.test(one) && /^[^\d]{0,14}\d/.test(other);
    if (numeric && a !== b) return a - b;
    return order.compare(one, other);
  }

  // A cell's text up to its first line break: what comes after it is detail.
  function firstLine(cell) {
    const clone = cell.cloneNode(true);
    const end = clone.querySelector("br");
    if (end && end.parentNode === clone) while (end.nextSibling) end.nextSibling.remove();
    return words(clone);
  }

  function tools(table) {
    const heads = headsOf(table);
    const body = table.tBodies[0];
    const original = [...body.rows];
    const counted = original.filter((row) => !isGroup(row));
    const bar = make("div", "page-filters");
    const status = make("p");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `Choose rows of: ${table.caption ? words(table.caption) : "the table"}`);
    status.setAttribute("role", "status");
    const selects = [];
    heads.forEach((head, column) => {
      if (!("filter" in head.dataset)) return;
      const select = make("select", "", new Option("All", ""));
      const found = new Set(counted.map((row) => firstLine(row.cells[column])).filter(Boolean));
      for (const value of [...found].sort(compare)) select.append(new Option(value, value));
      bar.append(make("label", "", make("span", "", words(head)), select));
      selects.push({ column, select });
    });
    const search = make("input");
    search.type = "search";
    bar.append(make("label", "", make("span", "", "Find"), search), status);
    let sorted = null;

    const apply = () => {
      const wanted = search.value.trim().toLowerCase();
      let shown = 0;
      for (const row of counted) {
        row.hidden = !selects.every(({ column, select }) =>
          !select.value || firstLine(row.cells[column]) === select.value)
          || !words(row).toLowerCase().includes(wanted);
        if (!row.hidden) shown += 1;
      }
      let group = null;
      for (const row of original) {
        if (isGroup(row)) {
          group = row;
          group.hidden = true;
        } else if (group && !row.hidden && !sorted) {
          group.hidden = false;
        }
      }
      status.textContent = shown === counted.length ? `${shown} rows` : `${shown} of ${counted.length} rows`;
    };
    const sort = (column, direction) => {
      sorted = direction ? { column, direction } : null;
      const keyed = counted.some((row) => row.cells[column].dataset.sort);
      const by = (row) => (keyed ? row.cells[column].dataset.sort ?? "" : firstLine(row.cells[column]));
      const inOrder = keyed ? (a, b) => (a < b ? -1 : a > b ? 1 : 0) : compare;
      // what says nothing is last in either direction
      const isEmpty = (row) => /^[\s\u2013\u2014-]*$/.test(by(row));
      const rows = direction ? [...counted].sort((a, b) =>
        isEmpty(a) - isEmpty(b) || direction * inOrder(by(a), by(b))) : original;
      body.append(...rows);
      heads.forEach((head, x) => {
        if (sorted && x === column) head.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      });
      apply();
    };
    heads.forEach((head, column) => {
      const button = make("button", "page-sort", ...head.childNodes);
      button.type = "button";
      head.append(button);
      button.addEventListener("click", () => {
        const now = sorted && sorted.column === column ? sorted.direction : 0;
        sort(column, now === 0 ? 1 : now === 1 ? -1 : 0);
      });
    });
    bar.addEventListener("input", apply);
    table.parentElement.before(bar);
    apply();
    document.addEventListener("choice", () => { if (sorted) sort(sorted.column, sorted.direction); });
    // a link to a row that is filtered away brings all rows back
    addEventListener("hashchange", () => {
      const row = target(location.hash);
      if (!row || !row.hidden || !table.contains(row)) return;
      for (const { select } of selects) select.value = "";
      search.value = "";
      apply();
      row.scrollIntoView();
    });
  }

  // On narrow screens a row becomes a card. Each cell names its column, and every part its role, which
  // display: block would take away.
  function stack(table) {
    const heads = headsOf(table);
    if (heads.length < 3) return;
    for (const row of table.rows) {
      [...row.cells].forEach((cell, x) => {
        if (cell.colSpan === 1) cell.setAttribute("aria-colindex", x + 1);
        if (cell.tagName === "TD") cell.dataset.head = words(heads[x]);
      });
    }
    const roles = [["tr", "row"], ["thead, tbody", "rowgroup"], ["td", "cell"], ["thead th", "columnheader"],
      ["tbody th", "rowheader"]];
    table.setAttribute("role", "table");
    if (table.caption) table.setAttribute("aria-label", words(table.caption));
    for (const [selector, role] of roles) {
      for (const part of table.querySelectorAll(selector)) part.setAttribute("role", role);
    }
    const frame = table.parentElement;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const needed = Math.min(8 * heads.length, 44) * rem;
    const fit = () => table.classList.toggle("page-stacked", frame.clientWidth < needed);
    resized(fit).observe(frame);
    fit();
  }

  // ---------------------------------------------------------------- the panel of a row

  // A cell's content to show a second time: no ids twice, no links within the panel.
  function copy(cell) {
    const clone = cell.cloneNode(true);
    for (const element of clone.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const link of clone.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    return [...clone.childNodes];
  }

  // What a cell says without a choice, where another is made.
  function usual(cell) {
    const root = document.documentElement;
    const said = [...cell.querySelectorAll("[data-choices]")].filter((element) =>
      element.textContent !== JSON.parse(element.dataset.choices)[root.dataset.standard]);
    const label = document.querySelector(`.page-choice [value="${root.dataset.standard}"] + span`);
    if (!said.length || !label) return [];
    const texts = said.map((element) => JSON.parse(element.dataset.choices)[root.dataset.standard].trim());
    return [make("br"), make("small", "", `${words(label)}: ${texts.join(", ")}`)];
  }

  function describe(row) {
    const heads = headsOf(row.closest("table"));
    const title = make("p", "page-card-title");
    const list = make("dl");
    [...row.cells].forEach((cell, x) => {
      if (!words(cell)) return;
      if (cell.tagName === "TH") title.append(...copy(cell));
      else list.append(make("dt", "", words(heads[x])), make("dd", "", ...copy(cell), ...usual(cell)));
    });
    return [title, list];
  }

  async function toClipboard(text, status) {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // not allowed where a page is opened as a file in some browsers
      const area = make("textarea", "page-hidden", text);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    status.textContent = "Copied";
  }

  function panels() {
    if (!HTMLElement.prototype.showPopover) return; // the link still goes to the row
    const card = make("div", "page-card");
    card.id = "page.card";
    card.popover = "auto"; // closed by Escape and by a press elsewhere
    card.setAttribute("role", "dialog");
    document.body.append(card);
    let owner = null;
    let touched = false;
    let handsBack = false; // a panel that closes with the focus in it gives it to its number, which must not open it again
    let timer = 0;

    const place = () => {
      if (!owner) return;
      const boxes = [...owner.getClientRects()];
      const box = boxes[0];
      if (!box || boxes.at(-1).bottom < 0 || box.top > innerHeight) {
        // a link that the Tab key has reached is on its way into sight, and the next Tab may be in its panel by then
        if (!holdsFocus() || touched) hide();
        return;
      }
      const gap = 4;
      const room = document.documentElement.clientWidth;
      const below = boxes.at(-1).bottom + gap;
      const above = box.top - gap - card.offsetHeight;
      const fitsBelow = below + card.offsetHeight <= innerHeight - gap;
      const top = fitsBelow || above < gap ? Math.min(below, innerHeight - card.offsetHeight - gap) : above;
      card.style.top = `${Math.max(gap, top)}px`;
      card.style.left = `${Math.max(gap, Math.min(box.left, room - card.offsetWidth - gap))}px`;
    };
    const show = (link, byTouch) => {
      clearTimeout(timer);
      const row = target(link.hash);
      if (!row || (owner === link && card.matches(":popover-open"))) return;
      if (card.matches(":popover-open")) card.hidePopover();
      owner = link;
      touched = byTouch;
      card.replaceChildren(...describe(row));
      card.setAttribute("aria-label", `About ${words(link)}`);
      const go = make("a", "", "Go to its row");
      go.href = link.hash;
      go.addEventListener("click", () => hide());
      const actions = make("div", "page-card-go", go);
      if (row.dataset.cite) {
        const button = make("button", "", "Copy citation");
        const status = make("span", "");
        button.type = "button";
        status.setAttribute("role", "status");
        button.addEventListener("click", () => toClipboard(row.dataset.cite, status));
        actions.append(button, status);
      }
      if (byTouch) {
        const done = make("button", "", "Close");
        done.type = "button";
        done.addEventListener("click", () => hide());
        actions.append(done);
        card.tabIndex = -1;
      }
      card.append(actions);
      link.setAttribute("aria-describedby", card.id);
      card.showPopover({ source: link }); // its buttons come next in the order of the Tab key
      place();
      if (byTouch) card.focus({ preventScroll: true });
    };
    function hide() {
      clearTimeout(timer);
      if (card.matches(":popover-open")) card.hidePopover();
    }
    const later = (act, delay) => { clearTimeout(timer); timer = setTimeout(act, delay); };
    const linkAt = (event) => event.target instanceof Element && event.target.closest("a.to-row");
    const holdsFocus = () => document.activeElement === owner || card.contains(document.activeElement);

    // All is undone before the panel has gone: what follows in the same moment, before "toggle" comes, finds it so.
    card.addEventListener("beforetoggle", (event) => {
      if (event.newState !== "closed") return;
      handsBack = card.contains(document.activeElement);
      if (owner) owner.removeAttribute("aria-describedby");
      owner = null;
    });
    card.addEventListener("toggle", () => { handsBack = false; });
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch" || touched && owner) return;
      const link = linkAt(event);
      if (link && link !== owner) later(() => show(link, false), 120);
      else if (link || card.contains(event.target)) clearTimeout(timer);
      else if (owner && !holdsFocus()) later(hide, 300);
      else clearTimeout(timer);
    });
    document.addEventListener("focusin", (event) => {
      const link = linkAt(event);
      if (handsBack && link) {
        handsBack = false;
        return;
      }
      if (link && link.matches(":focus-visible")) show(link, false);
      else if (owner && !touched && !card.contains(event.target)) hide();
    });
    // Not every engine has the controls of a panel behind its number in the order of the Tab key.
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Tab" || event.altKey || event.ctrlKey || event.metaKey || !owner || touched) return;
      const order = [owner, ...card.querySelectorAll("a, button")];
      const here = order.indexOf(document.activeElement);
      const next = order[here + (event.shiftKey ? -1 : 1)];
      if (here < 0 || (here === 0 && event.shiftKey)) return;
      const number = owner;
      if (next) event.preventDefault();
      else hide(); // the key itself goes on from the number
      (next || number).focus();
    });
    let pointer = "";
    document.addEventListener("pointerdown", (event) => { pointer = event.pointerType; }, true);
    document.addEventListener("keydown", () => { pointer = ""; }, true);
    document.addEventListener("click", (event) => {
      const link = linkAt(event);
      if (!link || !target(link.hash)) return;
      if (pointer === "touch") {
        event.preventDefault();
        show(link, true);
      } else {
        hide();
      }
    });
    document.addEventListener("choice", () => hide());
    addEventListener("scroll", eachFrame(place), { passive: true, capture: true });
    addEventListener("resize", eachFrame(place));
  }

  const rowLinks = () => {
    for (const link of document.querySelectorAll("main a[href^='#']")) {
      if (target(link.hash)) link.classList.add("to-row");
    }
  };

  function citation() {
    const button = document.querySelector(".page-cite button");
    if (!button) return;
    const status = document.querySelector(".page-cite [role=status]");
    button.hidden = false;
    button.addEventListener("click", () => toClipboard(words(document.querySelector(".page-citation")), status));
  }

  followReader();
  rowLinks();
  for (const table of document.querySelectorAll("table[data-tools]")) tools(table);
  for (const table of document.querySelectorAll(".page-ours > table")) stack(table);
  scrollRegions();
  panels();
  citation();
  choice();
})();
