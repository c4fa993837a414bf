// The marks in the text.

let marks = [];
let byKey = new Map();
let current = null; // the key of the finding that is open
let walk = null; // the findings to go through, if they are those of a series

const keyOf = (mark) => `${mark.closest(".doc").dataset.d}:${mark.dataset.f}`;
const isShown = (mark) =>
  !mark.classList.contains("off") &&
  !["c", "p", "s"].some((l) => mark.classList.contains(l) && root.classList.contains(`no-${l}`));
const isNext = (mark) => isShown(mark) && (walk === null || walk.has(keyOf(mark)));

const findMarks = () => {
  marks = [...document.querySelectorAll(".f")];
  byKey = new Map(marks.map((mark) => [keyOf(mark), mark]));
  if (isEntered) for (const key of byKey.keys()) touch(key);
  for (const box of document.querySelectorAll("[data-count]")) {
    box.textContent = marks.filter((mark) => mark.classList.contains(box.dataset.count)).length;
  }
  one("#rules > div").replaceChildren();
  if (one("#rules").open) listRules();
  tally();
};

/** Shows at its mark how a finding is decided. */
const paint = (key, found) => {
  const mark = byKey.get(key);
  if (!mark) return;
  for (const name of ["yes", "no", "typed"]) mark.classList.toggle(name, found === name);
  const item = finding(key);
  const after = found === "typed" ? typedFor(key) : item.a;
  if (found === "typed" || mark.dataset.typed) {
    one("ins", mark).textContent = item.w[0] + after + item.w[1];
    mark.dataset.typed = "1";
  }
  mark.title = found === null ? "" : { yes: "applied", no: "left as it is", typed: "typed" }[found];
};

const tally = () => {
  const total = isServed ? marks.filter((mark) => decided.has(keyOf(mark))).length : decided.size;
  one("#tally").textContent = isServed && displayed === null ? "no file is open" : `${total} of ${marks.length} decided`;
  if (one("#save")) one("#save").disabled = book.size === 0;
  const found = current === null ? null : verdict(current);
  for (const [name, value] of [["accept", "yes"], ["reject", "no"], ["type", "typed"]]) {
    one(`.verdict [data-do=${name}]`, panel).setAttribute("aria-pressed", String(found === value));
  }
};

/** The text before and after a mark, as far as its line goes. */
const around = (mark) => {
  const side = (name, cut) => {
    let text = "";
    for (let node = mark[name]; node && !text.includes("\n") && text.length < 80; node = node[name]) {
      const part = node.nodeType === Node.TEXT_NODE ? node.data : (one("del", node)?.textContent ?? "");
      text = cut === "end" ? part + text : text + part;
    }
    const lines = text.split("\n");
    return visible(cut === "end" ? lines.at(-1).slice(-80) : lines[0].slice(0, 80));
  };
  return [side("previousSibling", "end"), side("nextSibling", "start")];
};

// Which marks are shown.

const listRules = () => {
  const list = one("#rules > div");
  if (list.childElementCount > 0) return;
  const counts = new Map();
  for (const mark of marks) {
    const rule = ruleOf(keyOf(mark));
    const entry = counts.get(rule.name) ?? { count: 0, rule };
    entry.count += 1;
    counts.set(rule.name, entry);
  }
  for (const { count, rule } of [...counts.values()].sort((a, b) => b.count - a.count)) {
    const label = make("label");
    const box = make("input");
    box.type = "checkbox";
    box.checked = true;
    box.dataset.rule = rule.name;
    label.title = rule.summary;
    label.append(box, rule.name, make("span", count, "n"));
    list.append(label);
  }
};
const filter = () => {
  const off = new Set([...document.querySelectorAll("[data-rule]:not(:checked)")].map((box) => box.dataset.rule));
  for (const mark of marks) mark.classList.toggle("off", off.size > 0 && off.has(ruleOf(keyOf(mark)).name));
  for (const box of document.querySelectorAll("[data-level]")) {
    root.classList.toggle(`no-${box.dataset.level}`, !box.checked);
  }
  for (const mark of marks) mark.tabIndex = isShown(mark) ? 0 : -1;
  const at = one(".f.on");
  if (at && !isShown(at)) close();
};
