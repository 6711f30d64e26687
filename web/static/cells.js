// The cells of the table and what state each is in; the table itself came whole from the server.

import { readMark } from "./marks.js";

const STATES = ["unsaved", "saved", "conflict", "invalid"];

export class Cell {
  constructor(td, { row, col, pupil, name, heading, kind }) {
    Object.assign(this, { td, row, col, pupil, name, heading, kind });
    this.column = heading.dataset.column;
    this.input = td.querySelector("input");
    this.state = "";
    this.problem = null; // the name of a sentence, or a sentence of the server
    this.theirs = null;
    if (!this.input) return;
    const [, , , version, ] = this.input.name.split("~");
    this.version = Number(version);
    this.server = this.input.defaultValue;
    this.text = this.server;
  }

  get editable() {
    return this.input !== null;
  }

  get focusable() {
    return this.input ?? this.td;
  }

  get title() {
    return `${this.heading.dataset.name} · ${this.name}`;
  }

  get shown() {
    return this.input ? this.input.value : this.td.innerText.trim();
  }

  get pending() {
    return this.state === "unsaved";
  }

  get kept() {
    return this.editable && ["unsaved", "conflict", "invalid"].includes(this.state);
  }

  /** What the person means to stand here; marks what is no mark. Returns whether it is one. */
  write(typed) {
    const read = readMark(typed, {
      kind: this.kind,
      periodic: !this.column.startsWith("regular"),
    });
    this.problem = read.problem ?? null;
    this.theirs = null;
    this.text = read.text ?? typed.trim();
    this.input.value = this.text;
    if (read.problem) this.#turn("invalid");
    else this.#turn(this.text === this.server ? "" : "unsaved");
    return !read.problem;
  }

  /** The server's answer for the text that was sent; what was typed since then stays unsaved. */
  answered(answer, sentText) {
    if (answer.outcome === "saved") {
      this.server = answer.mark;
      this.version = answer.version;
      if (this.text === sentText) {
        this.text = answer.mark;
        if (document.activeElement !== this.input) this.input.value = answer.mark;
        this.#turn("saved");
      } else {
        this.#turn(this.problem ? "invalid" : "unsaved");
      }
      return;
    }
    this.theirs = answer;
    this.problem = answer.message ?? answer.code;
    this.#turn(answer.outcome === "conflict" ? "conflict" : "invalid");
  }

  keepTheirs() {
    this.server = this.theirs.mark;
    this.version = this.theirs.version;
    this.write(this.server);
  }

  overwrite() {
    this.server = this.theirs.mark;
    this.version = this.theirs.version;
    this.write(this.text);
  }

  #turn(state) {
    this.state = state;
    for (const name of STATES) this.td.classList.toggle(name, name === state);
    if (state === "invalid") this.input.setAttribute("aria-invalid", "true");
    else this.input.removeAttribute("aria-invalid");
    if (state === "invalid" || state === "conflict") this.input.title = "";
  }
}

export class Table {
  constructor(element, kind) {
    this.element = element;
    this.headings = Array.from(element.tHead.rows[0].querySelectorAll("th[data-column]"));
    this.rows = Array.from(element.tBodies[0].rows, (tr, row) =>
      Array.from(tr.querySelectorAll("td.cell"), (td, col) => {
        const heading = this.headings[col];
        const { pupil, name } = tr.dataset;
        return new Cell(td, { row, col, pupil, name, heading, kind });
      }));
    this.all = this.rows.flat();
    this.open = this.all.filter((cell) => cell.editable);
    this.byElement = new Map(this.all.map((cell) => [cell.td, cell]));
  }

  at(row, col) {
    return this.rows[row]?.[col];
  }

  of(target) {
    return this.byElement.get(target.closest?.("td.cell"));
  }

  find(pupil, column) {
    return this.all.find((cell) => cell.pupil === pupil && cell.column === column);
  }
}
