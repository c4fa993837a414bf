// Keys and clicks.

const byKeyName = new Map([...document.querySelectorAll("#keys kbd")].map((kbd) => [kbd.textContent, kbd.dataset.name]));

const onSeries = {
  accept: () => decideSeries(true, false),
  "accept-alike": () => decideSeries(true, true),
  reject: () => decideSeries(false),
  type: typeSeries,
  open: openSeries,
  right: async () => markRight(await wordOfSeries(wordAt)),
  never: async () => markNever(await wordOfSeries(newWordAt)),
  next: () => { chosen += 1; drawSeries(); },
  previous: () => { chosen -= 1; drawSeries(); },
};
const onFinding = {
  accept: () => decideOne("accept", "yes"),
  reject: () => decideOne("refuse", "no"),
  type: typeOne,
  "accept-alike": () => decideAlike(true),
  "reject-alike": () => decideAlike(false),
  "type-alike": typeAlike,
  right: () => markRight(wordAt(finding(current))),
  never: () => markNever(newWordAt(finding(current))),
  details: () => {
    const all = document.querySelectorAll("#why .figures");
    const isOpen = all[0]?.open;
    for (const one of all) one.open = !isOpen;
  },
};
const anywhere = {
  next: () => step(1),
  previous: () => step(-1),
  "next-file": () => stepFile(1),
  "previous-file": () => stepFile(-1),
  open: showSeries,
  find: () => {
    const query = one("#query");
    if (document.activeElement !== query && !query.value) query.focus();
    else if (document.activeElement === query || query.value) return find();
  },
  undo: async () => {
    const action = await takeBack();
    if (action === null) return;
    const name = [...action.add, ...action.gone].map(nameOf).find((name) => about.has(name));
    if (isListing()) drawSeries();
    else if (name) await openKey([...about.get(name)][0], true);
  },
  keys: () => { one("#keys").hidden = !one("#keys").hidden; },
};
// One thing after the other: what is asked for while a decision is saved waits for it.
let acting = Promise.resolve();
const act = (name) => {
  answered?.(null);
  acting = acting.then(() => perform(name));
  return acting;
};
const perform = async (name) => {
  enterAll();
  const ways = isListing() ? [onSeries, anywhere] : current !== null ? [onFinding, anywhere] : [anywhere];
  const way = ways.find((way) => way[name]);
  try {
    await way?.[name]();
  } catch (error) {
    tell(error.message);
  }
  tally();
};

document.addEventListener("click", (event) => {
  const target = event.target;
  const mark = target.closest(".f");
  const button = target.closest("button");
  const link = target.closest("[data-file]");
  if (mark) {
    walk = null;
    open(mark, false);
  } else if (button?.dataset.answer !== undefined) {
    event.preventDefault();
    answered?.(button.dataset.answer === "" ? null : Number(button.dataset.answer));
  } else if (button?.id === "close") close();
  else if (button?.id === "unkeys") one("#keys").hidden = true;
  else if (button?.id === "save") download();
  else if (button?.dataset.do === "find") find();
  else if (button?.dataset.do) act(button.dataset.do);
  else if (button?.dataset.series) {
    chosen = Number(button.dataset.series);
    drawSeries();
  } else if (button?.dataset.all) {
    for (const box of document.querySelectorAll("[data-rule]")) box.checked = button.dataset.all === "1";
    filter();
  } else if (link) {
    event.preventDefault();
    close();
    show(Number(link.dataset.file)).catch((error) => tell(error.message));
  } else if (target.closest("svg")) {
    const box = target.closest("svg").getBoundingClientRect();
    const parts = target.closest(".doc").querySelectorAll(".part");
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.999);
    parts[Math.floor(share * parts.length)].scrollIntoView();
  } else if (one("#rules").open && !target.closest("#rules")) one("#rules").open = false;
});
document.addEventListener("change", (event) => {
  if (event.target.name === "view") root.dataset.view = event.target.value;
  else if (event.target.id === "spacing") drawSeries();
  else if (event.target.dataset.level || event.target.dataset.rule) filter();
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.id === "search") find();
  else answered?.(0);
});
one("#rules").addEventListener("toggle", listRules);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const mark = event.target.closest?.(".f");
  const isTyping = event.target.matches?.("input[type=text], input[type=search]");
  if (event.key === "Escape") {
    if (answered) answered(null);
    else if (!one("#keys").hidden) one("#keys").hidden = true;
    else if (one("#rules").open) one("#rules").open = false;
    else if (isTyping) event.target.blur();
    else if (walk !== null && current !== null) act("open");
    else close();
  } else if (isTyping) return;
  else if (answered) {
    if (event.key === "y") answered(0);
    else if (event.key === "n") answered(null);
    else return;
  } else if (mark && (event.key === "Enter" || event.key === " ")) open(mark, false);
  else if (byKeyName.has(event.key)) {
    const name = byKeyName.get(event.key);
    if (name === "find") {
      one("#query").focus();
      one("#query").select();
    } else act(name);
  } else return;
  event.preventDefault();
});

root.classList.add("js");
one("#bar").hidden = false;
fetchKept();
if (book.size > 0) enterAll();
findMarks();
if (isServed && files.length === 1) show(0).catch((error) => tell(error.message));
