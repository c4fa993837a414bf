// The decisions: lines of a decisions file, by what each is about. docs/decisions.md of
// descan describes them.

const book = new Map();
/** What was done, for undoing it: the lines added, and those that they took the place of. */
const actions = [];

const nameOfPlace = (place) => JSON.stringify(["place", place.rule, place.before, place.after, place.context]);
const nameOfAlike = (place) => JSON.stringify(["alike", place.rule, place.before, place.after]);
const nameOfRight = (word) => JSON.stringify(["right", word]);
const nameOfNever = (word) => JSON.stringify(["never", word.toLowerCase()]);
const nameOf = (line) => {
  if (line.type === "right") return line.word === undefined ? JSON.stringify(["pattern", line.pattern]) : nameOfRight(line.word);
  if (line.type === "never") return nameOfNever(line.word);
  return line.type.endsWith("-alike") ? nameOfAlike(line) : nameOfPlace(line);
};

const words = (text) => text.match(/[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*/gu) ?? [];
/** The word at a finding that can be marked right. */
const wordAt = (item) => {
  const word = item.o.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, "");
  return word && word.length <= 60 ? word : null;
};
/** The new word of a repair, if it has exactly one. */
const newWordAt = (item) => {
  const old = words(item.o);
  const fresh = words(item.n).filter((word) => !old.includes(word));
  return fresh.length === 1 ? fresh[0] : null;
};

/** Everything by which a finding may be decided, what outweighs the rest first. */
const namesOf = (item) => {
  if (item.names) return item.names;
  const [word, fresh] = [wordAt(item), newWordAt(item)];
  item.names = [...item.d.map(nameOfPlace).reverse(), ...item.d.map(nameOfAlike).reverse()];
  if (word !== null) item.names.push(nameOfRight(word));
  if (fresh !== null) item.names.push(nameOfNever(fresh));
  return item.names;
};

/** The findings that each decision may be about. */
const about = new Map();
const enter = (key) => {
  for (const name of namesOf(finding(key))) {
    const keys = about.get(name);
    if (keys) keys.add(key);
    else about.set(name, new Set([key]));
  }
  touch(key);
};
let isEntered = false;
/** Enters all findings of a page that holds them: not before they are needed, as there may
 * be many. */
const enterAll = () => {
  if (isEntered) return;
  isEntered = true;
  files.forEach((file, f) => file.findings?.forEach((_, i) => enter(`${f}:${i}`)));
};

/** How a finding is decided: "yes", "no" or "typed"; null if it is not. */
const verdict = (key) => {
  const item = finding(key);
  const name = item && namesOf(item).find((name) => book.has(name));
  if (!name) return item?.c ? "yes" : null;
  const { type } = book.get(name);
  if (type.startsWith("replace")) return "typed";
  return type.startsWith("accept") ? "yes" : "no";
};
/** The text that was typed for a finding. */
const typedFor = (key) => {
  const name = namesOf(finding(key)).find((name) => book.has(name));
  return book.get(name).with;
};

/** The findings shown that are decided. */
const decided = new Set();
const touch = (key) => {
  const found = verdict(key);
  if (found && finding(key).h === split(key)[1]) decided.add(key);
  else decided.delete(key);
  paint(key, found);
};

/** Enters lines and takes out those named; the action that this was. */
const enterLines = (lines, without) => {
  const action = { add: lines, gone: [] };
  const names = [...lines.map(nameOf), ...without];
  for (const name of names) {
    if (!book.has(name)) continue;
    action.gone.push(book.get(name));
    book.delete(name);
    // What was decided before the page was made no longer is.
    for (const key of about.get(name) ?? []) finding(key).c = 0;
  }
  for (const line of lines) book.set(nameOf(line), line);
  touchAll(names);
  return action;
};
const touchAll = (names) => {
  const keys = new Set();
  for (const name of names) for (const key of about.get(name) ?? []) keys.add(key);
  for (const key of keys) touch(key);
};

/** Makes decisions, on the disk too where there is a server. Tells whether it did. */
const commit = async (lines, without = []) => {
  const action = enterLines(lines, without);
  if (!(await store(action.add, action.gone))) {
    enterLines(action.gone, action.add.map(nameOf));
    return false;
  }
  actions.push(action);
  kept();
  return true;
};
/** Takes the last action back; before the first, the last decision made earlier. */
const takeBack = async () => {
  const last = [...book.values()].at(-1);
  const action = actions.at(-1) ?? (last && { add: [last], gone: [] });
  if (!action) return null;
  if (!(await store(action.gone, action.add))) return null;
  actions.pop();
  enterLines(action.gone, action.add.map(nameOf));
  kept();
  return action;
};
const store = async (add, remove) => {
  if (!isServed) return true;
  try {
    await askServer("decide", { add, remove });
    return true;
  } catch (error) {
    tell(error.message);
    return false;
  }
};

// A closed page keeps its decisions, where the browser keeps anything for it.
const shelf = `descan 2 ${location.pathname} ${document.title} ${one("#data").textContent.length}`;
const kept = () => {
  tally();
  if (isServed) return;
  try {
    localStorage.setItem(shelf, JSON.stringify(actions));
  } catch { /* then it does not */ }
};
const fetchKept = () => {
  for (const line of start.book) book.set(nameOf(line), line);
  if (isServed) return;
  try {
    for (const { add, gone } of JSON.parse(localStorage.getItem(shelf) ?? "[]")) {
      actions.push(enterLines(add, gone.map(nameOf)));
    }
  } catch { actions.length = 0; }
};

const fileOfLines = () =>
  [{ type: "decisions", schema: 1 }, ...book.values()].map((line) => JSON.stringify(line) + "\n").join("");
const download = () => {
  const url = URL.createObjectURL(new Blob([fileOfLines()], { type: "application/x-ndjson" }));
  const link = make("a");
  link.href = url;
  link.download = "descan.decisions.jsonl";
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
};
