// Questions, and messages.

const box = one("#ask");
let answered = null; // what to do with an answer while a question is asked

/** Asks; `answers` are labels. The number of the answer, or null. With `typed`, a line to
 * edit: then the answer is its text. */
const ask = (question, answers, { typed, label, preview } = {}) =>
  new Promise((resolve) => {
    answered?.(null);
    const before = document.activeElement;
    const line = one("#typed");
    one("#question").textContent = question;
    line.hidden = typed === undefined;
    one("#preview").replaceChildren();
    if (typed !== undefined) {
      line.value = typed;
      line.setAttribute("aria-label", label);
      line.oninput = () => preview && one("#preview").replaceChildren(...preview(line.value));
      line.oninput();
    }
    const buttons = [...answers, "Cancel"].map((answer, at) => {
      const button = make("button", answer);
      button.type = typed !== undefined && at === 0 ? "submit" : "button";
      button.dataset.answer = at < answers.length ? at : "";
      return button;
    });
    one("#answers").replaceChildren(...buttons);
    box.hidden = false;
    if (typed === undefined) buttons[0].focus();
    else {
      line.focus();
      line.select();
    }
    answered = (answer) => {
      answered = null;
      box.hidden = true;
      if (before?.isConnected) before.focus({ preventScroll: true });
      if (answer === null) resolve(null);
      else resolve(typed === undefined ? answer : line.value);
    };
  });

/** Shows a message. */
const tell = (message) => ask(message, []);

/** Text as it is typed: `\n` is a line break, `\t` a tab. Null if an escape is not valid. */
const unescaped = (typed) => {
  if (/\\(?![nt\\])/.test(typed.replaceAll("\\\\", ""))) return null;
  return typed.replace(/\\([nt\\])/g, (_, c) => ({ n: "\n", t: "\t", "\\": "\\" })[c]);
};
const escaped = (text) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");

/** Asks for the correct text; null if there is none. */
const askForText = async (question, item, context) => {
  const typed = await ask(question, ["Take it"], {
    typed: escaped(item.d.at(-1).after),
    label: "The correct text",
    preview: (line) => {
      const text = unescaped(line);
      if (text === null) return ["\\ must be followed by n, t or \\"];
      return [make("span", context[0] + visible(item.w?.[0] ?? "")), make("ins", visible(text)), make("span", visible(item.w?.[1] ?? "") + context[1])];
    },
  });
  const text = typed === null ? null : unescaped(typed);
  if (typed !== null && text === null) await tell("\\ must be followed by n, t or \\.");
  return text;
};
