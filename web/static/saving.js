// Carries typed cells to the server: one batch at a time, sent again under the same id until told.

const PAUSE = 600;
const LONGEST_WAIT = 30_000;

/** A random id for a command; randomUUID is missing on plain http. */
function freshId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * Saves what `collect()` gives ([{pupil, column, mark, read_version}]) after a pause in typing.
 * `report` hears: saving(n), answered(cells, savedAt), offline(), signedOut(), refused(problem).
 */
export class Saver {
  constructor({ url, onBehalfOf, collect, report }) {
    Object.assign(this, { url, onBehalfOf, collect, report });
    this.batch = null;
    this.busy = false;
    this.failures = 0;
    this.timer = 0;
    addEventListener("online", () => this.batch && this.flush());
  }

  schedule(wait = PAUSE) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  /** Send now what there is; a batch that got no answer yet goes first, unchanged. */
  async flush() {
    clearTimeout(this.timer);
    if (this.busy) return;
    this.batch ??= this.#nextBatch();
    if (!this.batch) return;
    this.busy = true;
    this.report.saving(this.batch.entries.length);
    try {
      await this.#send();
    } finally {
      this.busy = false;
    }
  }

  #nextBatch() {
    const entries = this.collect();
    if (!entries.length) return null;
    const batch = { command_id: freshId(), entries };
    return this.onBehalfOf ? { ...batch, on_behalf_of: this.onBehalfOf } : batch;
  }

  async #send() {
    let response;
    try {
      response = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(this.batch),
      });
      if (response.status >= 500 || response.status === 429) throw new Error("busy");
    } catch {
      this.failures += 1;
      this.report.offline();
      this.schedule(Math.min(LONGEST_WAIT, 500 * 2 ** this.failures));
      return;
    }
    this.failures = 0;
    if (response.status === 401) {
      this.report.signedOut();
      return;
    }
    const answer = await response.json().catch(() => ({}));
    const sent = this.batch.entries;
    this.batch = null;
    if (!response.ok) {
      this.report.refused(answer, sent);
      return;
    }
    this.report.answered(answer.cells, answer.saved_at, sent);
    if (this.collect().length) this.schedule();
  }
}

/** Cells not saved yet, kept for this tab and this person only; school computers are shared. */
export class Kept {
  constructor(name) {
    this.name = name;
  }

  write(cells) {
    try {
      if (cells.length) sessionStorage.setItem(this.name, JSON.stringify(cells));
      else sessionStorage.removeItem(this.name);
    } catch {
      // Storage may be full or forbidden; the cells stay in memory and the page warns on leaving.
    }
  }

  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.name) ?? "[]");
    } catch {
      return [];
    }
  }
}
