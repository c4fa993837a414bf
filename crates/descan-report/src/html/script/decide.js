// Decisions about one finding, and about all that are like it.

const linesFor = (keys, type, text) => {
  const lines = new Map();
  for (const key of keys) {
    const places = type === "replace" ? [finding(key).d.at(-1)] : finding(key).d;
    for (const place of places) {
      const line = type === "replace" ? { type, ...place, with: text } : { type, ...place };
      lines.set(nameOfPlace(place), line);
    }
  }
  return [...lines.values()];
};
const alikeLine = (place, type, text) => {
  const { rule, before, after } = place;
  return text === undefined ? { type, rule, before, after } : { type, rule, before, after, with: text };
};
const shownReading = (item) => `“${visible(item.o)}” → “${visible(item.n)}”`;

/** Decides the open finding; again, takes the decision back. */
const decideOne = async (type, wanted) => {
  const names = finding(current).d.map(nameOfPlace);
  if (verdict(current) === wanted && names.some((name) => book.has(name))) {
    await commit([], names);
    return;
  }
  if (await commit(linesFor([current], type))) await step(1);
};
const typeOne = async () => {
  const item = finding(current);
  const mark = byKey.get(current);
  const text = await askForText("What should it be?", item, mark ? around(mark) : ["", ""]);
  if (text !== null && (await commit(linesFor([current], "replace", text)))) await step(1);
};

/** The findings with the same rule and change, wherever they are. */
const alikeTo = async (key) => {
  if (!isServed) return [...about.get(nameOfAlike(finding(key).d.at(-1)))];
  const ids = await askServer("alike", split(key));
  const keys = ids.map((id) => id.join(":"));
  await fetchKnown(keys);
  return keys;
};
/** Asks which of some findings to apply: guesses only if the answer is to apply them. Those
 * chosen, or null. */
const chooseToApply = async (keys, what, withGuesses) => {
  const guesses = keys.filter((key) => finding(key).l === "s");
  const sure = keys.filter((key) => finding(key).l !== "s");
  if (guesses.length === 0) {
    return (await ask(`Apply ${what} in ${counted(keys.length, "place")}?`, [`Apply ${keys.length}`])) === null ? null : keys;
  }
  if (sure.length === 0) {
    const question = `Apply ${what} in ${counted(keys.length, "place")}? All of them are suspect: guesses that may be wrong.`;
    return (await ask(question, [`Apply ${keys.length} guesses`])) === null ? null : keys;
  }
  const question = `Apply ${what} in ${counted(keys.length, "place")}? ${guesses.length} of them are suspect: guesses that may be wrong.`;
  const all = `Apply all ${keys.length}`;
  const answer = await ask(question, withGuesses ? [all] : [`Apply ${sure.length}, not the suspect ones`, all]);
  if (answer === null) return null;
  return answer === 0 && !withGuesses ? sure : keys;
};
const decideAlike = async (accept) => {
  const key = current;
  const keys = await alikeTo(key);
  const item = finding(key);
  let chosen = keys;
  if (accept) chosen = await chooseToApply(keys, shownReading(item));
  else if ((await ask(`Leave “${visible(item.o)}” as it is in ${counted(keys.length, "place")}?`, [`Leave ${keys.length}`])) === null) chosen = null;
  if (chosen === null) return;
  const all = chosen.length === keys.length;
  const type = accept ? "accept" : "refuse";
  const lines = all ? item.d.map((place) => alikeLine(place, `${type}-alike`)) : linesFor(chosen, type);
  const seen = new Map(lines.map((line) => [nameOf(line), line]));
  if (await commit([...seen.values()])) await step(1);
};
const typeAlike = async () => {
  const key = current;
  const keys = await alikeTo(key);
  const item = finding(key);
  const mark = byKey.get(key);
  const text = await askForText(`What should it be in ${counted(keys.length, "place")}?`, item, mark ? around(mark) : ["", ""]);
  if (text !== null && (await commit([alikeLine(item.d.at(-1), "replace-alike", text)]))) await step(1);
};

/** Marks a word as right in this archive, with a reason if there is one. */
const markRight = async (word) => {
  if (word === null) return tell("There is no word here to mark.");
  const reason = await ask(`“${visible(word)}” is right in this archive, and no repair will change it. Why? (optional)`, ["It is right"], { typed: "", label: "Reason" });
  if (reason === null) return;
  const line = { type: "right", word };
  if (reason.trim()) line.reason = reason.trim();
  if ((await commit([line])) && current !== null) await step(1);
};
const markNever = async (word) => {
  if (word === null) return tell("This repair does not add exactly one new word.");
  if ((await ask(`Never use “${visible(word)}” in this archive? No repair will write it.`, ["Never use it"])) === null) return;
  if ((await commit([{ type: "never", word }])) && current !== null) await step(1);
};
