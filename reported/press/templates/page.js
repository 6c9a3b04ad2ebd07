// What the page does beyond showing itself: contents that follow the reader, tables that scroll by keyboard,
// filters, and cards that show a row of a table in place. Without this script everything is still there to read.
(() => {
  "use strict";

  const make = (tag, className, ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
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
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
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
      for (const item of contents.querySelectorAll(".page-open")) item.classList.remove("page-open");
      here.textContent = place ? words(place.link) : "";
      if (!place) return;
      place.link.setAttribute("aria-current", "location");
      for (let item = place.link.closest("li"); item; item = item.parentElement.closest("li")) {
        item.classList.add("page-open");
      }
      const box = disclosure.getBoundingClientRect();
      const mark = place.link.getBoundingClientRect();
      if (mark.top < box.top) disclosure.scrollTop -= box.top - mark.top + 40;
      if (mark.bottom > box.bottom) disclosure.scrollTop += mark.bottom - box.bottom + 40;
    };
    addEventListener("scroll", eachFrame(follow), { passive: true });
    addEventListener("resize", eachFrame(follow));
    follow();
  }

  // What is wider than its column can be scrolled by keyboard, and says what it is. What fits is left alone.
  function scrollRegions() {
    const fit = (box) => {
      const scrolls = box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1;
      const role = box.matches(".page-table") ? "region" : "group";
      for (const [name, value] of [["tabindex", "0"], ["role", role], ["aria-label", box.dataset.label]]) {
        if (scrolls) box.setAttribute(name, value);
        else box.removeAttribute(name);
      }
    };
    const observer = new ResizeObserver((entries) => { for (const entry of entries) fit(entry.target); });
    for (const box of document.querySelectorAll("main [data-label]")) {
      fit(box);
      observer.observe(box);
    }
  }

  // Rows of a table as a grid, cells that span counted where they reach: grid[row][column] is a cell.
  function layOut(table) {
    const grid = [];
    [...table.rows].forEach((row, y) => {
      grid[y] ??= [];
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x]) x += 1;
        const bottom = Math.min(y + (cell.rowSpan || 1), table.rows.length);
        for (let down = y; down < bottom; down += 1) {
          grid[down] ??= [];
          for (let across = x; across < x + cell.colSpan; across += 1) grid[down][across] = cell;
        }
        x += cell.colSpan;
      }
    });
    const heads = [];
    if (table.tHead) {
      for (const row of table.tHead.rows) {
        grid[row.rowIndex].forEach((cell, x) => { if (words(cell)) heads[x] = cell; });
      }
    }
    return { grid, heads };
  }

  const isGroup = (row) => row.cells.length === 1 && row.cells[0].scope === "rowgroup";

  const values = (cell) => {
    const items = cell ? [...cell.querySelectorAll("li")] : [];
    return (items.length ? items : [cell]).map((item) => (item ? words(item) : "")).filter(Boolean);
  };

  function filters(table) {
    const { grid, heads } = layOut(table);
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    const counted = rows.filter((row) => !isGroup(row));
    const bar = make("div", "page-filters");
    const status = make("p");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Choose rows");
    status.setAttribute("role", "status");
    const choices = [];
    for (const name of table.dataset.filter.split(",").map((part) => part.trim())) {
      const column = heads.findIndex((head) => head && words(head) === name);
      if (column < 0) continue;
      const select = make("select", "", new Option("All", ""));
      const found = new Set(counted.flatMap((row) => values(grid[row.rowIndex][column])));
      for (const value of found) select.append(new Option(value, value));
      bar.append(make("label", "", make("span", "", name), select));
      choices.push({ column, select });
    }
    if (!choices.length) return;
    const apply = () => {
      let shown = 0;
      for (const row of counted) {
        row.hidden = !choices.every(({ column, select }) =>
          !select.value || values(grid[row.rowIndex][column]).includes(select.value));
        if (!row.hidden) shown += 1;
      }
      let group = null;
      for (const row of rows) {
        if (isGroup(row)) {
          group = row;
          group.hidden = true;
        } else if (group && !row.hidden && row.parentElement === group.parentElement) {
          group.hidden = false;
        }
      }
      status.textContent = shown === counted.length ? `${shown} rows` : `${shown} of ${counted.length} rows`;
    };
    const showAll = () => {
      for (const { select } of choices) select.value = "";
      apply();
    };
    bar.addEventListener("change", apply);
    bar.append(status);
    (table.closest(".page-table") || table).before(bar);
    apply();
    // A link to a row that a filter hides brings all rows back.
    const reveal = () => {
      const row = target(location.hash);
      if (row && row.hidden && table.contains(row)) {
        showAll();
        row.scrollIntoView();
      }
    };
    addEventListener("hashchange", reveal);
  }

  // Tables that ask for shares of width are read row by row: on narrow screens their rows may become cards.
  function stack(table) {
    const { grid, heads } = layOut(table);
    const cells = [...table.querySelectorAll("tbody td, tbody th")];
    if (heads.length < 3 || table.tHead.rows.length > 1 || cells.some((cell) => cell.rowSpan > 1)) return;
    for (const row of table.rows) {
      grid[row.rowIndex].forEach((cell, x) => {
        if (cell.colSpan === 1) cell.setAttribute("aria-colindex", x + 1); // a card leaves empty cells out
        if (cell.tagName === "TD" && heads[x]) cell.dataset.head = words(heads[x]);
      });
    }
    const roles = [["tr", "row"], ["thead, tbody", "rowgroup"], ["td", "cell"], ["thead th", "columnheader"],
      ["tbody th", "rowheader"]];
    table.setAttribute("role", "table");
    if (table.caption) table.setAttribute("aria-label", words(table.caption));
    for (const [selector, role] of roles) {
      for (const part of table.querySelectorAll(selector)) part.setAttribute("role", role);
    }
    const frame = table.closest(".page-table");
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const columnsNeed = ("wide" in table.dataset ? 48 : 34) * rem;
    const fit = () => table.classList.toggle("page-cards", frame.clientWidth < columnsNeed);
    new ResizeObserver(fit).observe(frame);
    fit();
  }

  const target = (hash) => {
    const element = hash.length > 1 && document.getElementById(decodeURIComponent(hash.slice(1)));
    return element && element.matches("tr") ? element : null;
  };

  // A cell's content to show a second time: no ids twice, no links within a card.
  function copy(cell) {
    const clone = cell.cloneNode(true);
    for (const element of clone.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const link of clone.querySelectorAll("a")) link.replaceWith(...link.childNodes);
    return [...clone.childNodes];
  }

  function describe(row) {
    const { grid, heads } = layOut(row.closest("table"));
    const parts = [];
    let group = row.previousElementSibling;
    while (group && !isGroup(group)) group = group.previousElementSibling;
    if (group) parts.push(make("p", "page-card-group", words(group)));
    const title = make("p", "page-card-title");
    const list = make("dl");
    let previous = null;
    grid[row.rowIndex].forEach((cell, x) => {
      if (cell === previous || !words(cell)) return;
      previous = cell;
      if (cell.scope === "row") {
        if (title.childNodes.length) title.append(", ");
        title.append(...copy(cell));
      } else {
        const value = make("dd", "", ...copy(cell));
        list.append(make("dt", "", heads[x] ? words(heads[x]) : ""), value);
      }
    });
    if (title.childNodes.length) parts.push(title);
    parts.push(list);
    return parts;
  }

  function cards() {
    if (!HTMLElement.prototype.showPopover) return; // the link still goes to the row
    const card = make("div", "page-card");
    card.id = "page.card";
    card.popover = "auto"; // closed by Escape and by a press elsewhere
    document.body.append(card);
    let owner = null;
    let touched = false;
    let timer = 0;

    const place = () => {
      if (!owner) return;
      const boxes = [...owner.getClientRects()];
      const box = boxes[0];
      if (!box || boxes.at(-1).bottom < 0 || box.top > innerHeight) { hide(); return; }
      const gap = 6;
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
      if (byTouch) {
        const go = make("a", "", "Go to its row");
        go.href = link.hash;
        go.addEventListener("click", hide);
        const done = make("button", "", "Close");
        done.type = "button";
        done.addEventListener("click", hide);
        card.append(make("div", "page-card-go", go, done));
        card.setAttribute("role", "dialog");
        card.setAttribute("aria-label", `About ${words(link)}`);
        card.tabIndex = -1;
      } else {
        card.setAttribute("role", "tooltip");
        card.removeAttribute("aria-label");
        card.removeAttribute("tabindex");
        link.setAttribute("aria-describedby", card.id);
      }
      card.showPopover();
      // what cannot be scrolled by keyboard has to fit: long cells give way, their row has them whole
      for (const lines of byTouch ? [] : [5, 3, 2, 1]) {
        card.style.setProperty("--lines", lines);
        if (card.scrollHeight <= card.clientHeight + 1) break;
      }
      place();
      if (byTouch) card.focus({ preventScroll: true });
    };
    function hide() {
      clearTimeout(timer);
      if (card.matches(":popover-open")) card.hidePopover();
    }
    const later = (act, delay) => { clearTimeout(timer); timer = setTimeout(act, delay); };
    const linkAt = (event) => event.target instanceof Element && event.target.closest("a.to-row");

    card.addEventListener("toggle", (event) => {
      if (event.newState === "closed" && owner && !card.matches(":popover-open")) {
        owner.removeAttribute("aria-describedby");
        owner = null;
      }
    });
    document.addEventListener("pointerover", (event) => {
      if (event.pointerType === "touch" || touched && owner) return;
      const link = linkAt(event);
      if (link && link !== owner) later(() => show(link, false), 120);
      else if (link || card.contains(event.target)) clearTimeout(timer);
      else if (owner && document.activeElement !== owner) later(hide, 250);
      else clearTimeout(timer);
    });
    document.addEventListener("focusin", (event) => {
      const link = linkAt(event);
      if (link && link.matches(":focus-visible")) show(link, false);
      else if (owner && !touched && !card.contains(event.target)) hide();
    });
    document.addEventListener("focusout", (event) => {
      if (owner && !touched && event.target === owner && !owner.matches(":hover")) hide();
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
    addEventListener("scroll", eachFrame(place), { passive: true, capture: true });
    addEventListener("resize", eachFrame(place));
  }

  document.addEventListener("DOMContentLoaded", () => {
    followReader();
    for (const table of document.querySelectorAll("table[data-filter]")) filters(table);
    for (const table of document.querySelectorAll("table.page-shared")) stack(table);
    scrollRegions();
    cards();
  });
})();
