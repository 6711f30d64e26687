// The page on which anybody checks the proof of a line: takes the files, shows what came of it.

import { Refused, canCheck, hex, policyOfKeys, verify } from "./proof.js";
import { sentence } from "./sentences.js";

const LARGEST_FILE = 1_000_000; // a line has at most 64 KB, and a proof a few
const result = document.getElementById("result");

if (await canCheck()) {
  document.getElementById("check").hidden = false;
  document.getElementById("cannot").hidden = true;
}
document.getElementById("go").addEventListener("click", check);

document.getElementById("use-key")?.addEventListener("click", () => {
  const keys = document.getElementById("keys");
  keys.value = `${keys.value.trim()}\n${document.getElementById("school-key").value}`.trim();
  keys.focus();
});

async function check() {
  try {
    const { entry, proof } = await chosenFiles();
    show(proven(await verify(entry, proof, await chosenPolicy())));
  } catch (reason) {
    if (!(reason instanceof Refused)) throw reason;
    show(refused(reason));
  }
}

function show(content) {
  result.replaceChildren(content);
  result.hidden = false;
  result.scrollIntoView({ block: "nearest" });
}

/** The line and its proof, out of the two files or out of the one they came in. */
async function chosenFiles() {
  const given = [];
  for (const file of document.getElementById("files").files) {
    if (file.size > LARGEST_FILE) throw new Refused("file-too-large", { name: file.name });
    const content = new Uint8Array(await file.arrayBuffer());
    given.push(...(startsWith(content, "PK\u0003\u0004") ? unzipped(content) : [content]));
  }
  const proofs = given.filter((content) => startsWith(content, "c2sp.org/tlog-proof@"));
  const entries = given.filter((content) => /^[0-9]+\n/.test(beginning(content)));
  if (proofs.length !== 1 || entries.length !== 1) throw new Refused("two-files");
  return { entry: entries[0], proof: proofs[0] };
}

/** What is believed: a policy chosen or pasted, or keys alone, each on its line. */
async function chosenPolicy() {
  const [file] = document.getElementById("policy").files;
  if (file) {
    if (file.size > LARGEST_FILE) throw new Refused("file-too-large", { name: file.name });
    return new Uint8Array(await file.arrayBuffer());
  }
  const typed = document.getElementById("keys").value.replaceAll("\r", "");
  const lines = typed.split("\n").map((line) => line.trim()).filter(Boolean);
  if (lines.length === 0) throw new Refused("no-key");
  if (lines.some((line) => /^(log|witness|group|quorum)\s/.test(line))) {
    return new TextEncoder().encode(lines.join("\n"));
  }
  const least = document.getElementById("least").value;
  return policyOfKeys(lines, least === "" ? null : Number(least));
}

/** The files of an archive in which nothing is compressed, as this program makes them. */
function unzipped(content) {
  const view = new DataView(content.buffer);
  const found = [];
  let at = 0;
  while (at + 30 <= content.length && view.getUint32(at, true) === 0x04034b50) {
    const [flags, method] = [view.getUint16(at + 6, true), view.getUint16(at + 8, true)];
    const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const end = start + view.getUint32(at + 18, true);
    if (flags & 8 || method !== 0 || end > content.length) throw new Refused("zip-other");
    found.push(content.slice(start, end));
    at = end;
  }
  return found;
}

function proven({ line, log, size, seen }) {
  const made = document.getElementById("proven").content.cloneNode(true);
  const put = (name, text) => {
    const slot = made.querySelector(`[data-slot="${name}"]`);
    slot.textContent = text;
    slot.hidden = text === "";
    if (slot.hidden) slot.previousElementSibling.hidden = true;
  };
  const { said, by } = line;
  const changed = "before" in said || "after" in said;
  put("position", sentence("position", { position: `${line.position}`, size: `${size}` }));
  put("fact", `${sentence(`fact ${line.fact}`)} (${line.fact})`);
  put("mark", changed ? `${mark(said.before)} → ${mark(said.after)}` : "");
  put("at", moment(line.at));
  put("by", `${sentence(`role ${by.role}`)} · ${by.person}`);
  put("stream", sentence("stream", { stream: line.stream, version: line.version }));
  put("log", `${log.name} (${hex(log.id)})`);
  const moments = seen.map(({ key, at }) => `${key}: ${moment(new Date(Number(at) * 1000))}`);
  put("seen", moments.join("\n") || sentence("nobody-saw"));
  put("said", JSON.stringify(said, null, 2));
  put("text", line.text);
  return made;
}

function refused({ code, words }) {
  const made = document.getElementById("refused").content.cloneNode(true);
  made.querySelector("[data-slot=reason]").textContent = sentence(code, words);
  return made;
}

/** A mark as it is shown everywhere, out of its stored form; what is no number stays as it is. */
function mark(stored) {
  return stored ? stored.replace(/^(\d+)\.0$/, "$1").replace(/^(\d+)\.(\d)$/, "$1,$2") : sentence("blank");
}

function moment(at) {
  if (Number.isNaN(at.getTime())) return "?";
  const zone = { timeZone: "Asia/Ho_Chi_Minh" };
  const time = at.toLocaleTimeString("vi-VN", { ...zone, hour12: false });
  const day = { ...zone, day: "2-digit", month: "2-digit", year: "numeric" };
  return sentence("moment", { time, day: at.toLocaleDateString("vi-VN", day) });
}

const beginning = (content) => String.fromCharCode(...content.slice(0, 40));
const startsWith = (content, text) => beginning(content).startsWith(text);
