// The panel: one finding.

/** What stands there and what it becomes, each in the word that it is part of. */
const reading = (item) => {
  const line = make("p", undefined, "reading");
  const [left, right] = item.w.map(visible);
  const side = (text, name) => {
    const words = left + visible(text) + right;
    return words ? make(name, words) : "nothing";
  };
  line.append(side(item.b, "del"), " → ", side(item.a, "ins"));
  return line;
};
const story = (key) => {
  const item = finding(key);
  const file = files[split(key)[0]];
  const rule = file.rules[item.r];
  const level = { c: "certain", p: "probable", s: "suspect" }[item.l];
  const told = make("div");
  told.append(make("p", `${rule.name}, ${level}`, "rule"));
  for (const reason of item.y) told.append(make("p", sentence(file.reasons[reason])));
  const figures = make("details", undefined, "figures");
  const list = make("ul");
  for (const figure of item.v) list.append(make("li", file.reasons[figure]));
  list.append(make("li", `probability that it is right (${(item.p * 100).toFixed(1)} %)`));
  figures.append(make("summary", "Details"), list, make("p", `${rule.summary}. ${rule.why}`));
  told.append(figures);
  return told;
};
const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? "" : ".");

const open = (mark, move) => {
  one(".f.on")?.classList.remove("on");
  mark.classList.add("on");
  current = keyOf(mark);
  const item = finding(current);
  const [file, index] = split(current);
  panel.className = item.l;
  one("#finding").hidden = false;
  one("#series").hidden = true;
  const place = make("p", undefined, "sum");
  place.append(make("b", visible(files[file].path)), `, line ${item.at[0]}, column ${item.at[1]}`);
  if (walk !== null) place.append(`; ${[...walk].indexOf(current) + 1} of ${walk.size} in the series`);
  one("#what").replaceChildren(place, reading(item));
  one("#why").replaceChildren(story(current));
  files[file].findings.forEach((other, at) => {
    if (other.h !== index || at === index) return;
    one("#why").append(make("h3", "Also suggested here"), reading(other), story(`${file}:${at}`));
  });
  panel.hidden = false;
  panel.scrollTop = 0;
  showImage(files[file].images, item.g);
  if (move) {
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
  }
  tally();
};
const openKey = async (key, move) => {
  const [file, index] = split(key);
  await show(file);
  const mark = byKey.get(`${file}:${files[file].findings[index].h}`);
  if (mark) open(mark, move);
};
const closeFinding = () => {
  const mark = one(".f.on");
  mark?.classList.remove("on");
  current = null;
  return mark;
};
const close = () => {
  const mark = closeFinding();
  mark?.focus({ preventScroll: true });
  panel.hidden = true;
  walk = null;
};

/** Goes to the next finding, or the one before. */
const step = async (by) => {
  if (walk !== null && current !== null) {
    const keys = [...walk];
    const next = keys.indexOf(current) + by;
    if (next < 0 || next >= keys.length) return showSeries();
    return openKey(keys[next], true);
  }
  const shown = marks.filter(isNext);
  const at = shown.findIndex((mark) => mark.classList.contains("on"));
  const first = shown.findIndex((mark) => mark.getBoundingClientRect().bottom > 0);
  const next = at >= 0 ? at + by : by > 0 ? Math.max(first, 0) : first - 1;
  if (isServed && (next < 0 || next >= shown.length)) return stepFile(by);
  if (shown.length > 0) open(shown[(next + shown.length) % shown.length], true);
};
const stepFile = async (by) => {
  const at = displayed ?? (current === null ? -1 : split(current)[0]);
  for (let file = at + by; file >= 0 && file < files.length; file += by) {
    await show(file);
    const mark = marks.find((mark) => isShown(mark) && keyOf(mark).startsWith(`${file}:`));
    if (mark) return open(mark, true);
  }
  return tell(by > 0 ? "This is the last file with findings." : "This is the first file with findings.");
};

/** Opens the next finding whose words, rule or file have a text. */
const find = async () => {
  const wanted = one("#query").value.trim().toLowerCase();
  if (!wanted) return;
  if (isServed) {
    const id = await askServer("find", { text: wanted, after: current === null ? null : split(current) });
    return id === null ? tell(`“${wanted}” is not in any finding.`) : openKey(id.join(":"), true);
  }
  const has = (mark) => {
    const item = finding(keyOf(mark));
    const [before, after] = around(mark);
    return [before + item.o + after, item.n, ruleOf(keyOf(mark)).name, files[split(keyOf(mark))[0]].path].some((text) => text.toLowerCase().includes(wanted));
  };
  const shown = marks.filter(isShown);
  const at = shown.findIndex((mark) => mark.classList.contains("on"));
  const found = [...shown.slice(at + 1), ...shown.slice(0, at + 1)].find(has);
  return found ? open(found, true) : tell(`“${wanted}” is not in any finding.`);
};
