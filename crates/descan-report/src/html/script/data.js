// The files and their findings. A finding's key is "file:number".

const one = (selector, inside = document) => inside.querySelector(selector);
const root = document.documentElement;
const start = JSON.parse(one("#data").textContent);
const isServed = start.served !== null;

/** Each file: path, rules, reasons, images of pages, and findings (null until they are loaded). */
const files = isServed
  ? start.served.map((path) => ({ path, rules: [], reasons: [], images: [], findings: null, html: null }))
  : start.data.files.map((file) => ({ ...file, rules: start.data.rules, reasons: start.data.reasons }));
let series = start.series;
/** What a server told of findings in files that are not loaded. */
const known = new Map();

const split = (key) => key.split(":").map(Number);
const finding = (key) => {
  const [file, index] = split(key);
  return files[file].findings?.[index] ?? known.get(key);
};
const ruleOf = (key) => files[split(key)[0]].rules[finding(key).r];

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
const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** Asks the server; its answer as data. */
const askServer = async (path, body) => {
  const answer = await fetch(path, body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(text || `the server answered ${answer.status}`);
  return JSON.parse(text);
};

/** Makes sure that findings are known, whether or not their files are loaded. */
const fetchKnown = async (keys) => {
  const missing = keys.filter((key) => !finding(key));
  if (missing.length === 0) return;
  const items = await askServer("findings", missing.map(split));
  missing.forEach((key, at) => {
    known.set(key, items[at]);
    enter(key);
  });
};

let displayed = null;
/** Shows a file of a server; other pages hold all their files. */
const show = async (file) => {
  if (!isServed || displayed === file) return;
  if (!files[file].findings) {
    const { html, data } = await askServer(`file/${file}`);
    Object.assign(files[file], { html, rules: data.rules, reasons: data.reasons, ...data.files[0] });
    isEntered = true;
    files[file].findings.forEach((_, index) => {
      known.delete(`${file}:${index}`);
      enter(`${file}:${index}`);
    });
  }
  displayed = file;
  one("#docs").innerHTML = files[file].html;
  one("#docs").scrollIntoView();
  findMarks();
};
