// What the page says beside the table: state of saving, messages, conflicts, history of a cell.

import { sentence } from "./sentences.js";

export { sentence };

function element(tag, { text, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  made.append(...children);
  return made;
}

const or = (text) => text || sentence("blank");
const momentOf = (iso) =>
  new Date(iso).toLocaleTimeString("vi-VN", {
    hour: "2-digit", minute: "2-digit", timeZone: "Asia/Ho_Chi_Minh",
  });

export class Panel {
  constructor({ onKeep, onOverwrite, onGoTo }) {
    this.state = document.getElementById("save-state");
    this.issuesState = document.getElementById("issue-state");
    this.notice = document.getElementById("notice");
    this.issues = document.getElementById("issues");
    this.issuesCard = document.getElementById("issues-card");
    this.cellCard = document.getElementById("cell-card");
    Object.assign(this, { onKeep, onOverwrite, onGoTo });
  }

  say(text) {
    this.notice.textContent = text;
  }

  showState(text, tone) {
    this.state.textContent = text;
    this.state.className = `chip ${tone}`;
  }

  /** Every cell with an error or a conflict, with a link to it and its two ways out. */
  showIssues(cells) {
    const conflicts = cells.filter((cell) => cell.state === "conflict");
    const invalid = cells.filter((cell) => cell.state === "invalid");
    const count = conflicts.length + invalid.length;
    this.issuesCard.hidden = count === 0;
    this.issuesState.hidden = count === 0;
    this.issuesState.textContent = [
      conflicts.length && sentence("count-conflicts", { n: conflicts.length }),
      invalid.length && sentence("count-errors", { n: invalid.length }),
    ].filter(Boolean).join(" · ");
    this.issues.replaceChildren(...[...conflicts, ...invalid].map((cell) => this.#issue(cell)));
  }

  #issue(cell) {
    const link = element("a", { href: `#${cell.td.id}`, text: cell.title });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      this.onGoTo(cell);
    });
    const item = element("li", {}, link);
    item.append(element("div", { text: this.#explain(cell) }));
    if (cell.theirs) item.append(this.#ways(cell));
    return item;
  }

  #explain(cell) {
    if (cell.state === "invalid") {
      return `“${cell.text}”: ${sentence(cell.problem)}`;
    }
    const { mark, by, at } = cell.theirs;
    const who = by ? ` (${[by, at && momentOf(at)].filter(Boolean).join(", ")})` : "";
    return sentence("conflict", { mine: or(cell.text), theirs: or(mark), who });
  }

  #ways(cell) {
    const keep = element("button", {
      type: "button", class: "button small",
      text: sentence(cell.state === "conflict" ? "keep-theirs" : "drop-mine"),
    });
    keep.addEventListener("click", () => this.onKeep(cell));
    const ways = element("div", { class: "actions" }, keep);
    if (cell.state === "conflict") {
      const over = element("button", {
        type: "button", class: "button small", text: sentence("overwrite"),
      });
      over.addEventListener("click", () => this.onOverwrite(cell));
      ways.append(over);
    }
    return ways;
  }

  /** The selected cell: its name, why it is closed to typing, the way to its history. */
  showCell(cell, base) {
    const { note } = cell.heading.dataset;
    const parts = [element("h2", { text: cell.title })];
    if (cell.problem) parts.push(element("p", { class: "field-error", text: sentence(cell.problem) }));
    if (cell.td.dataset.note) parts.push(element("p", { text: cell.td.dataset.note }));
    if (note) parts.push(element("p", { class: "small", text: note }));
    const links = element("p", { class: "actions" });
    links.append(element("a", {
      class: "button small", href: `${base}/o/${cell.pupil}/${cell.column}`,
      text: sentence("cell-history"),
    }));
    const mayAsk = this.cellCard.dataset.mayAsk && "official" in cell.heading.dataset;
    if (mayAsk && cell.shown) {
      const asked = new URLSearchParams({ o: `${cell.pupil}:${cell.column}` });
      links.append(element("a", {
        class: "button small", href: `${base}/de-nghi?${asked}`, text: sentence("ask-correction"),
      }));
    }
    this.cellCard.replaceChildren(...parts, links);
    this.cellCard.hidden = false;
  }

  /** The timeline of the cell's own page, shown here so that the hands stay on the keyboard. */
  async showHistory(cell, base) {
    this.showCell(cell, base);
    const response = await fetch(`${base}/o/${cell.pupil}/${cell.column}`).catch(() => null);
    if (!response?.ok) {
      this.say(sentence("history-unread"));
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const found = page.querySelector(".timeline, .empty");
    if (found) this.cellCard.insertBefore(document.adoptNode(found), this.cellCard.lastChild);
    this.say(sentence("history-shown", { cell: cell.title }));
  }

  showSignedOut() {
    document.getElementById("signed-out").hidden = false;
    this.showState(sentence("not-saved"), "bad");
  }

  showRefused(problem) {
    const banner = document.getElementById("refused");
    banner.textContent = problem.detail ?? problem.title ?? sentence("not-saved");
    banner.hidden = false;
  }

  hideRefused() {
    document.getElementById("refused").hidden = true;
    document.getElementById("signed-out").hidden = true;
  }
}
