"use strict";
(() => {
  const one = (selector, inside = document) => inside.querySelector(selector);
  const root = document.documentElement;
  const panel = one("#panel");
  const marks = [...document.querySelectorAll(".f")];
  const verdicts = new Map(); // "file:finding" to "a" (accepted) or "r" (refused), in order of decision
  let data = null;
  let alike = null;
  let byKey = null;
  let current = null;

  /** The findings as data, read when they are first needed. */
  const all = () => (data ??= JSON.parse(one("#data").textContent));
  const fileOf = (mark) => Number(mark.closest(".doc").dataset.d);
  const keyOf = (mark) => `${fileOf(mark)}:${mark.dataset.f}`;
  const finding = (key) => {
    const [file, index] = key.split(":");
    return all().files[file].findings[index];
  };
  const isShown = (mark) =>
    !mark.classList.contains("off") &&
    !["c", "p", "s"].some((l) => mark.classList.contains(l) && root.classList.contains(`no-${l}`));

  /** An element with text; whatever the text is, it stays text. */
  const make = (name, text, className) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  /** Text in which nothing is hidden and nothing turns the reading direction. */
  const visible = (text) =>
    text.replaceAll("\n", "⏎").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (c) => `[${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

  // What is decided.

  /** Places that a decisions file cannot tell apart, by what it says of them. */
  const name = (place) => JSON.stringify([place.rule, place.before, place.after, place.context]);
  const alikeOf = (key) => {
    if (!alike) {
      alike = new Map();
      all().files.forEach((file, f) =>
        file.findings.forEach((one, i) =>
          one.d.forEach((place) => {
            const at = name(place);
            if (!alike.has(at)) alike.set(at, []);
            alike.get(at).push(`${f}:${i}`);
          })));
    }
    return new Set(finding(key).d.flatMap((place) => alike.get(name(place))));
  };
  const markOf = (key) => {
    byKey ??= new Map(marks.map((mark) => [keyOf(mark), mark]));
    return byKey.get(key);
  };
  const paint = (key) => {
    const mark = markOf(key);
    mark?.classList.toggle("yes", verdicts.get(key) === "a");
    mark?.classList.toggle("no", verdicts.get(key) === "r");
  };
  const decide = (key, verdict) => {
    for (const same of alikeOf(key)) {
      verdicts.delete(same);
      if (verdict) verdicts.set(same, verdict);
      paint(same);
    }
    keep();
    tally();
  };
  const tally = () => {
    const total = marks.length;
    one("#tally").textContent = `${verdicts.size} of ${total} decided`;
    one("#save").disabled = verdicts.size === 0;
    for (const button of panel.querySelectorAll(".verdict [data-do]")) {
      button.setAttribute("aria-pressed", String(current !== null && verdicts.get(current) === button.dataset.do));
    }
  };
  /** The decisions file: docs/decisions.md of descan describes it. */
  const lines = () => {
    const places = new Map();
    for (const [key, verdict] of verdicts) {
      for (const place of finding(key).d) {
        places.delete(name(place));
        places.set(name(place), { type: verdict === "a" ? "accept" : "refuse", ...place });
      }
    }
    const all = [{ type: "decisions", schema: 1 }, ...places.values()];
    return all.map((line) => JSON.stringify(line) + "\n").join("");
  };
  const save = () => {
    const url = URL.createObjectURL(new Blob([lines()], { type: "application/x-ndjson" }));
    const link = make("a");
    link.href = url;
    link.download = "descan.decisions.jsonl";
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  // A closed page keeps its decisions, where the browser keeps anything for it.
  const shelf = `descan ${location.pathname} ${document.title} ${one("#data").textContent.length}`;
  const keep = () => {
    try {
      localStorage.setItem(shelf, JSON.stringify([...verdicts]));
    } catch { /* then it does not */ }
  };
  const fetchKept = () => {
    try {
      for (const [key, verdict] of JSON.parse(localStorage.getItem(shelf) ?? "[]")) {
        if (markOf(key)) verdicts.set(key, verdict);
      }
      for (const key of verdicts.keys()) paint(key);
    } catch { verdicts.clear(); }
  };

  // One finding.

  /** What stands there and what it becomes, each in the word that it is part of. */
  const reading = (item) => {
    const line = make("p", undefined, "reading");
    const [left, right] = item.w.map(visible);
    const side = (text, name) => {
      if (text) return [make("span", left), make(name, visible(text)), make("span", right)];
      return left + right ? [make("span", left + right)] : ["nothing"];
    };
    line.append(...side(item.b, "del"), " → ", ...side(item.a, "ins"));
    return line;
  };
  const story = (key) => {
    const item = finding(key);
    const rule = all().rules[item.r];
    const level = { c: "certain", p: "probable", s: "suspect" }[item.l];
    const told = make("div");
    told.append(make("h3", rule.name), make("p", `${rule.summary}; ${level}, ${(item.p * 100).toFixed(1)} %`));
    const reasons = make("ul");
    for (const reason of item.y) reasons.append(make("li", all().reasons[reason]));
    told.append(reasons);
    const about = make("details");
    about.append(make("summary", "About this rule"), make("p", rule.why));
    told.append(about);
    return told;
  };
  const open = (mark, move) => {
    one(".f.on")?.classList.remove("on");
    mark.classList.add("on");
    current = keyOf(mark);
    const item = finding(current);
    const [file, index] = current.split(":").map(Number);
    panel.className = item.l;
    one("#what").replaceChildren(make("p", `Line ${item.at[0]}, column ${item.at[1]}`, "sum"), reading(item));
    const others = all().files[file].findings.flatMap((other, i) => (other.h === index && i !== index ? [i] : []));
    one("#why").replaceChildren(story(current));
    for (const other of others) {
      one("#why").append(make("h3", "Also suggested here"), reading(all().files[file].findings[other]), story(`${file}:${other}`));
    }
    panel.hidden = false;
    panel.scrollTop = 0;
    if (move) {
      mark.scrollIntoView({ block: "center" });
      mark.focus({ preventScroll: true });
    }
    tally();
  };
  const close = () => {
    const mark = one(".f.on");
    mark?.classList.remove("on");
    mark?.focus({ preventScroll: true });
    panel.hidden = true;
    current = null;
  };
  const step = (by) => {
    const shown = marks.filter(isShown);
    if (shown.length === 0) return;
    const at = shown.findIndex((mark) => mark.classList.contains("on"));
    const first = shown.findIndex((mark) => mark.getBoundingClientRect().bottom > 0);
    const next = at >= 0 ? at + by : by > 0 ? Math.max(first, 0) : first - 1;
    open(shown[(next + shown.length) % shown.length], true);
  };
  const act = (what) => {
    if (what === "j") step(1);
    else if (what === "k") step(-1);
    else if (current === null) return;
    else if (what === "u") decide(current, null);
    else {
      decide(current, what);
      step(1);
    }
  };

  // What is shown.

  const listRules = () => {
    const list = one("#rules > div");
    if (list.childElementCount > 0) return;
    const counts = new Map();
    for (const mark of marks) {
      const rule = finding(keyOf(mark)).r;
      counts.set(rule, (counts.get(rule) ?? 0) + 1);
    }
    for (const [rule, count] of [...counts].sort((a, b) => b[1] - a[1])) {
      const label = make("label");
      const box = make("input");
      box.type = "checkbox";
      box.checked = true;
      box.dataset.rule = rule;
      label.title = all().rules[rule].summary;
      label.append(box, all().rules[rule].name, make("span", count, "n"));
      list.append(label);
    }
  };
  const filter = () => {
    const off = new Set([...document.querySelectorAll("[data-rule]:not(:checked)")].map((box) => Number(box.dataset.rule)));
    for (const mark of marks) mark.classList.toggle("off", off.size > 0 && off.has(finding(keyOf(mark)).r));
    for (const box of document.querySelectorAll("[data-level]")) {
      root.classList.toggle(`no-${box.dataset.level}`, !box.checked);
    }
    for (const mark of marks) mark.tabIndex = isShown(mark) ? 0 : -1;
    const at = one(".f.on");
    if (at && !isShown(at)) close();
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    const mark = target.closest(".f");
    const button = target.closest("button");
    if (mark) open(mark, false);
    else if (button?.id === "close") close();
    else if (button?.id === "save") save();
    else if (button?.dataset.do) act(button.dataset.do);
    else if (button?.dataset.all) {
      for (const box of document.querySelectorAll("[data-rule]")) box.checked = button.dataset.all === "1";
      filter();
    } else if (target.closest("svg")) {
      const box = target.closest("svg").getBoundingClientRect();
      const parts = target.closest(".doc").querySelectorAll(".part");
      const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.999);
      parts[Math.floor(share * parts.length)].scrollIntoView();
    } else if (one("#rules").open && !target.closest("#rules")) one("#rules").open = false;
  });
  document.addEventListener("change", (event) => {
    if (event.target.name === "view") root.dataset.view = event.target.value;
    else if (event.target.dataset.level || event.target.dataset.rule) filter();
  });
  one("#rules").addEventListener("toggle", listRules);
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const mark = event.target.closest?.(".f");
    if (mark && (event.key === "Enter" || event.key === " ")) open(mark, false);
    else if (event.key === "Escape" && one("#rules").open) one("#rules").open = false;
    else if (event.key === "Escape") close();
    else if ("jkaru".includes(event.key) && event.key.length === 1) act(event.key);
    else return;
    event.preventDefault();
  });

  root.classList.add("js");
  one("#bar").hidden = false;
  fetchKept();
  tally();
})();
