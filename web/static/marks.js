// Marks as people type and paste them: the same grammar as the server's, so errors show at once.

const WORDS = {
  "đ": "Đ", "đạt": "Đ", "cđ": "CĐ", "chưa đạt": "CĐ", "0*": "0*", "v": "V", "vắng": "V",
  "m": "MG", "mg": "MG", "miễn": "MG", "kđg": "KĐG", "": "",
};
const SCORE = /^(\d{1,2})(?:\s*[.,]\s*(\d))?$/;
const SCORE_LIKE = /^\d+(?:\s*[.,]\s*\d*)?$/;

/** The mark as the books show it, or why it is none: {text} or {problem: name of a sentence}. */
export function readMark(typed, { kind, periodic }) {
  const word = typed.normalize("NFC").replaceAll("\u00a0", " ").trim().toLowerCase();
  const score = SCORE.exec(word);
  if (score) {
    const tenths = Number(score[1]) * 10 + Number(score[2] ?? 0);
    if (tenths > 100) return { problem: "above-ten" };
    if (kind === "comment") return { problem: "wants-comment" };
    return { text: String(tenths / 10).replace(".", ",") };
  }
  if (!Object.hasOwn(WORDS, word)) {
    return { problem: SCORE_LIKE.test(word) ? "two-decimals" : "not-a-mark" };
  }
  const text = WORDS[word];
  if ((text === "Đ" || text === "CĐ") && kind === "scored") return { problem: "wants-score" };
  if (text === "0*" && !periodic) return { problem: "zero-is-periodic" };
  return { text };
}

/** The rows of what a spreadsheet puts on the clipboard; its last line end begins no row. */
export function readClipboard(text) {
  const rows = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return rows.map((row) => row.split("\t"));
}
