// The entry grid: keys, paste and undo over the table, saving while one types.

import { Table } from "./cells.js";
import { readClipboard } from "./marks.js";
import { Panel, sentence } from "./panel.js";
import { Kept, Saver } from "./saving.js";

const form = document.getElementById("grid-form");
const table = new Table(document.getElementById("grid"), form.dataset.kind);
const kept = new Kept(form.dataset.keep);
const base = form.dataset.sheet;
const help = document.getElementById("help");
const undoButton = document.getElementById("undo"); // not there on a page for reading

let active = null;
let lastSaved = null;
let caret = false; // F2 or a second click: arrows move inside the text
let done = [];
let undone = [];

const panel = new Panel({
  onKeep: (cell) => settle(cell, () => cell.keepTheirs()),
  onOverwrite: (cell) => settle(cell, () => cell.overwrite()),
  onGoTo: (cell) => goTo(cell),
});

const saver = new Saver({
  url: form.dataset.api,
  onBehalfOf: form.dataset.behalf,
  collect: () => table.open.filter((cell) => cell.pending).map((cell) => ({
    pupil: cell.pupil, column: cell.column, mark: cell.text, read_version: cell.version,
  })),
  report: {
    saving: () => panel.showState(sentence("saving"), "quiet"),
    offline: () => panel.showState(sentence("offline", { n: unsavedCount() }), "bad"),
    signedOut: () => panel.showSignedOut(),
    refused: (problem) => {
      panel.showRefused(problem);
      panel.showState(sentence("unsaved", { n: unsavedCount() }), "bad");
    },
    answered,
  },
});

const unsavedCount = () => table.open.filter((cell) => cell.kept).length;

function answered(answers, savedAt, sent) {
  panel.hideRefused();
  const typed = new Map(sent.map((entry) => [`${entry.pupil} ${entry.column}`, entry.mark]));
  for (const answer of answers) {
    const cell = table.find(answer.pupil, answer.column);
    cell?.answered(answer, typed.get(`${answer.pupil} ${answer.column}`));
  }
  lastSaved = savedAt;
  refresh();
}

/** Bring chip, list of issues and kept cells in step with the table. */
function refresh() {
  if (!table.open.length) return;
  const waiting = unsavedCount();
  if (waiting) panel.showState(sentence("unsaved", { n: waiting }), "warn");
  else if (lastSaved) panel.showState(sentence("saved-at", { at: clock(lastSaved) }), "ok");
  else panel.showState(sentence("saved"), "ok");
  panel.showIssues(table.open);
  kept.write(table.open.filter((cell) => cell.kept).map((cell) => ({
    pupil: cell.pupil, column: cell.column, mark: cell.text, read_version: cell.version,
  })));
  undoButton.disabled = !done.length;
}

const clock = (iso) =>
  new Date(iso).toLocaleTimeString("vi-VN", { hour12: false, timeZone: "Asia/Ho_Chi_Minh" });

// --- Changing cells -------------------------------------------------------------------------

/** Write texts into cells as one step that one undo takes back. */
function change(pairs) {
  const step = [];
  for (const [cell, text] of pairs) {
    const before = cell.text;
    cell.write(text);
    if (cell.text !== before) step.push({ cell, before, after: cell.text });
  }
  if (step.length) {
    done.push(step);
    undone = [];
    saver.schedule();
  }
  refresh();
}

function settle(cell, how) {
  how();
  saver.schedule();
  refresh();
  goTo(cell);
}

/** Take over what was typed into the active cell. */
function commit() {
  caret = false;
  active?.td.classList.remove("typing");
  if (active?.editable && active.input.value.trim() !== active.text) {
    change([[active, active.input.value]]);
  }
}

function revert() {
  caret = false;
  active.td.classList.remove("typing");
  active.input.value = active.text;
  active.input.select();
}

function replay(from, to, side) {
  const step = from.pop();
  if (!step) {
    panel.say(sentence("nothing-to-undo"));
    return;
  }
  for (const entry of step) entry.cell.write(entry[side]);
  to.push(step);
  saver.schedule();
  refresh();
  panel.say(sentence(side === "before" ? "undone" : "redone", { n: step.length }));
  goTo(step[0].cell);
}

const undo = () => replay(done, undone, "before");
const redo = () => replay(undone, done, "after");

function paste(text) {
  const rows = readClipboard(text);
  const pairs = [];
  let beyond = 0;
  let shut = 0;
  for (const [down, values] of rows.entries()) {
    for (const [right, value] of values.entries()) {
      const cell = table.at(active.row + down, active.col + right);
      if (!cell) beyond += 1;
      else if (!cell.editable) shut += 1;
      else pairs.push([cell, value]);
    }
  }
  change(pairs);
  const wrong = pairs.filter(([cell]) => cell.state === "invalid");
  panel.say([
    sentence("pasted", { n: pairs.length, column: active.heading.dataset.name }),
    wrong.length && sentence("pasted-wrong", {
      n: wrong.length, cells: wrong.slice(0, 5).map(([cell]) => cell.name).join(", "),
    }),
    shut && sentence("pasted-shut", { n: shut }),
    beyond && sentence("pasted-beyond", { n: beyond }),
  ].filter(Boolean).join(" "));
}

// --- Moving ---------------------------------------------------------------------------------

function goTo(cell) {
  if (!cell) return;
  cell.focusable.focus();
}

function enter(cell) {
  if (active && active !== cell) {
    commit();
    active.focusable.tabIndex = -1;
  }
  active = cell;
  cell.focusable.tabIndex = 0;
  if (cell.editable) cell.input.select();
  panel.showCell(cell, base);
}

const move = (down, right) => {
  const cell = table.at(active.row + down, active.col + right);
  if (cell) goTo(cell);
};

/** Enter goes to the next open cell of the same column and stops at its end: going on in the
    next column is how marks end up in the wrong one. */
function enterKey(direction) {
  commit();
  let row = active.row + direction;
  while (table.at(row, active.col) && !table.at(row, active.col).editable) row += direction;
  const next = table.at(row, active.col);
  if (next) goTo(next);
  else {
    panel.say(sentence("end-of-column", { column: active.heading.dataset.name }));
    if (active.editable) active.input.select();
  }
}

const last = (list) => list[list.length - 1];

const KEYS = {
  Enter: (event) => enterKey(event.shiftKey ? -1 : 1),
  ArrowUp: () => move(-1, 0),
  ArrowDown: () => move(1, 0),
  ArrowLeft: () => move(0, -1),
  ArrowRight: () => move(0, 1),
  PageUp: () => goTo(table.at(Math.max(0, active.row - 10), active.col)),
  PageDown: () => goTo(table.at(Math.min(table.rows.length - 1, active.row + 10), active.col)),
  Home: (event) => goTo(event.ctrlKey ? table.all[0] : table.rows[active.row][0]),
  End: (event) => goTo(last(event.ctrlKey ? table.all : table.rows[active.row])),
  F2: () => {
    if (!active.editable) return;
    caret = true;
    active.td.classList.add("typing");
    active.input.setSelectionRange(active.input.value.length, active.input.value.length);
  },
  Escape: () => active.editable && revert(),
  Delete: () => active.editable && change([[active, ""]]),
  "?": () => help.showModal(),
};
const INSIDE_TEXT = ["ArrowLeft", "ArrowRight", "Home", "End", "Delete"];

function onKey(event) {
  if (event.isComposing || !active || event.metaKey) return;
  if (event.altKey) {
    if (event.code === "KeyH") {
      event.preventDefault();
      commit();
      panel.showHistory(active, base);
    }
    return;
  }
  if (event.ctrlKey && ["z", "y"].includes(event.key.toLowerCase())) {
    event.preventDefault();
    const typing = active.editable && active.input.value !== active.text;
    if (event.key.toLowerCase() === "y" || event.shiftKey) redo();
    else if (typing) revert();
    else undo();
    return;
  }
  if (event.key === "Tab") {
    const next = table.at(active.row, active.col + (event.shiftKey ? -1 : 1));
    if (next) {
      event.preventDefault();
      goTo(next);
    }
    return;
  }
  const act = KEYS[event.key];
  if (!act || (caret && INSIDE_TEXT.includes(event.key))) return;
  if (event.ctrlKey && !["Home", "End"].includes(event.key)) return;
  event.preventDefault();
  act(event);
}

// --- Start ----------------------------------------------------------------------------------

function restore() {
  const lost = [];
  for (const entry of kept.read()) {
    const cell = table.find(entry.pupil, entry.column);
    if (!cell) continue;
    if (!cell.editable) {
      lost.push(`${cell.title}: ${entry.mark}`);
      continue;
    }
    if (cell.server === entry.mark) continue;
    cell.version = entry.read_version;
    cell.write(entry.mark);
  }
  if (lost.length) panel.say(sentence("cannot-restore", { cells: lost.join("; ") }));
  if (table.open.some((cell) => cell.pending)) {
    panel.say(sentence("restored"));
    saver.schedule();
  }
}

/** Marks that a plain form brought back with an error stay as they were typed. */
function takeOverPlainForm() {
  for (const cell of table.open) {
    const stored = cell.td.dataset.server;
    if (stored === undefined) continue;
    cell.server = stored;
    cell.write(cell.input.value);
  }
}

function listen() {
  table.element.addEventListener("focusin", (event) => {
    const cell = table.of(event.target);
    if (cell) enter(cell);
  });
  table.element.addEventListener("focusout", (event) => {
    if (!table.element.contains(event.relatedTarget)) commit();
  });
  table.element.addEventListener("keydown", onKey);
  table.element.addEventListener("input", () => active?.td.classList.add("typing"));
  table.element.addEventListener("paste", (event) => {
    if (!active) return;
    event.preventDefault();
    paste(event.clipboardData.getData("text/plain"));
  });
  table.element.addEventListener("mousedown", (event) => {
    const cell = table.of(event.target);
    if (cell?.editable && cell !== active) {
      event.preventDefault();
      goTo(cell);
    } else if (cell?.editable && cell === active) {
      caret = true;
      cell.td.classList.add("typing");
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    commit();
    saver.flush();
  });
  addEventListener("beforeunload", (event) => {
    commit();
    if (!unsavedCount()) return;
    event.preventDefault();
    event.returnValue = "";
  });
  undoButton?.addEventListener("click", undo);
  document.getElementById("show-help").addEventListener("click", () => help.showModal());
  document.getElementById("close-help").addEventListener("click", () => help.close());
}

function start() {
  for (const cell of table.all) cell.focusable.tabIndex = -1;
  const first = table.of(document.querySelector("td.cell:target") ?? document.body)
    ?? table.open.find((cell) => !cell.server) ?? table.open[0] ?? table.all[0];
  if (first) first.focusable.tabIndex = 0;
  for (const shown of document.querySelectorAll(".needs-script")) shown.hidden = false;
  listen();
  takeOverPlainForm();
  restore(); // before `refresh`, which keeps the cells of this page in their place
  refresh();
}

start();
