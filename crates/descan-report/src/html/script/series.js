// Series: findings that are decided together.

let chosen = 0; // the number of the series in the list
const listed = () => series.filter((row) => !row.spacing || one("#spacing").checked);
const keysOf = (row) => row.ids.map((id) => id.join(":"));
const openKeys = (row) => keysOf(row).filter((key) => !finding(key) || verdict(key) === null);

const rowOf = (row, at) => {
  const item = make("li");
  const button = make("button");
  button.type = "button";
  button.dataset.series = at;
  if (row.old === null) button.append(make("span", row.title));
  else button.append(make("del", visible(row.old)), " → ", make("ins", visible(row.new)));
  const left = openKeys(row).length;
  const level = ["c", "p", "s"].filter((_, level) => row.levels[level] > 0).map((letter) => make("span", undefined, `dot ${letter}`));
  const count = make("span", `${counted(row.ids.length, "place")} in ${counted(row.files, "file")}${left < row.ids.length ? `, ${left} open` : ""}`, "n");
  button.append(" ", ...level, " ", count);
  item.append(button);
  if (left === 0) item.className = "done";
  if (at === chosen) {
    item.classList.add("on");
    for (const [before, old, fresh, after] of row.samples) {
      const line = make("p", undefined, "sample");
      line.append(`${visible(before)} `, make("del", visible(old)), " ", make("ins", visible(fresh)), ` ${visible(after)}`);
      item.append(line);
    }
    const bar = make("p", undefined, "verdict");
    for (const name of ["accept", "reject", "open", "type"]) {
      const copy = one(`#finding [data-do=${name}]`).cloneNode(true);
      copy.removeAttribute("aria-pressed");
      if (name === "open") copy.firstChild.data = "open ";
      bar.append(copy, " ");
    }
    item.append(bar);
  }
  return item;
};
const listSeries = async () => {
  if (isServed) {
    const answer = await askServer("series");
    const on = listed()[chosen];
    series = answer.series;
    // The row that was chosen may stand elsewhere now.
    const first = on && keysOf(on)[0];
    if (on) chosen = listed().findIndex((row) => keysOf(row).includes(first));
    // A server that still reads files has more series soon.
    if (answer.ready < files.length) setTimeout(() => { if (isListing() && !answered) listSeries().catch(() => {}); }, 1000);
    one("#series h2").textContent = answer.ready < files.length ? `Series (${answer.ready} of ${files.length} files read)` : "Series";
  }
  drawSeries();
};
const drawSeries = () => {
  const rows = listed();
  chosen = Math.max(0, Math.min(chosen, rows.length - 1));
  const none = make("p", "There are none.");
  one("#series ol").replaceChildren(...(rows.length > 0 ? rows.map(rowOf) : [none]));
  one("#series .on")?.scrollIntoView({ block: "nearest" });
};
const showSeries = async () => {
  closeFinding();
  walk = null;
  panel.className = "";
  panel.hidden = false;
  one("#finding").hidden = true;
  one("#series").hidden = false;
  await listSeries();
};
const isListing = () => !panel.hidden && !one("#series").hidden;

const describeSeries = (row) => (row.old === null ? row.title : `“${visible(row.old)}” → “${visible(row.new)}”`);
/** Applies or leaves a series; guesses are applied `withGuesses` or after a question. */
const decideSeries = async (accept, withGuesses) => {
  const row = listed()[chosen];
  if (!row) return;
  await fetchKnown(keysOf(row));
  const keys = openKeys(row);
  if (keys.length === 0) return tell("All of it is decided; open it to change a decision.");
  let taken = keys;
  if (accept) taken = await chooseToApply(keys, describeSeries(row), withGuesses);
  else if ((await ask(`Leave ${counted(keys.length, "place")} as they are: ${describeSeries(row)}?`, [`Leave ${keys.length}`])) === null) taken = null;
  if (taken === null || !(await commit(linesFor(taken, accept ? "accept" : "refuse")))) return;
  if (taken.length === keys.length) chosen += 1;
  drawSeries();
};
const typeSeries = async () => {
  const row = listed()[chosen];
  if (!row) return;
  await fetchKnown(keysOf(row));
  const keys = openKeys(row);
  if (keys.length === 0) return tell("All of it is decided; open it to change a decision.");
  const same = new Set(keys.map((key) => finding(key).d.at(-1).before));
  if (same.size > 1) return tell("Its places have different texts; open it and type them one by one.");
  const text = await askForText(`What should it be in ${counted(keys.length, "place")}?`, finding(keys[0]), ["", ""]);
  if (text === null || !(await commit(linesFor(keys, "replace", text)))) return;
  chosen += 1;
  drawSeries();
};
const openSeries = async () => {
  const row = listed()[chosen];
  if (!row) return;
  walk = new Set(keysOf(row));
  const first = openKeys(row)[0] ?? keysOf(row)[0];
  await openKey(first, true);
};
const wordOfSeries = async (which) => {
  const row = listed()[chosen];
  if (!row) return null;
  const keys = keysOf(row);
  await fetchKnown(keys.slice(0, 1));
  return row.old === null ? null : which(finding(keys[0]));
};
