// The check of one line's proof, rule by rule as tools/verify_proof.py has it. Nothing is sent
// anywhere: the browser's own WebCrypto hashes and verifies. What it follows is public: RFC 6962,
// c2sp.org/signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-policy.

const LOG = 1; // what a key signs: a log the text alone, a witness the text and a time
const WITNESS = 4;
const LARGEST = 2n ** 63n - 1n;
const NOT_IN_NAMES = /[\p{White_Space}+\u0000-\u001f]/u;

/** Why a proof does not hold: the name of a sentence, and the words in it. */
export class Refused extends Error {
  constructor(code, words = {}) {
    super(code);
    this.code = code;
    this.words = words;
  }
}

/** Whether this browser can check at all; over plain HTTP it may not. */
export async function canCheck() {
  try {
    await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
    return true;
  } catch {
    return false;
  }
}

/** Check everything, or throw Refused; the line, its number, the log, its size, who saw it when. */
export async function verify(entry, proof, policyFile) {
  const policy = await readPolicy(policyFile);
  const { index, hashes, note } = readProof(proof);
  const { text, signatures } = readNote(note);
  const logs = await signedBy(policy.logs, text, signatures);
  if (logs.size === 0) throw new Refused("log-unsigned");
  const { origin, size, root } = readCheckpoint(text);
  const log = [...logs.keys()].find((key) => key.name === origin);
  if (!log) throw new Refused("log-other", { origin });
  const cosigned = await signedBy([...policy.witnesses.values()], text, signatures);
  const seen = new Map();
  for (const [name, key] of policy.witnesses) {
    if (cosigned.has(key)) seen.set(name, { key: key.name, at: timeOf(cosigned.get(key)) });
  }
  if (policy.quorum !== "none" && !isMet(policy.quorum, policy, seen)) {
    const names = Array.from(seen.values(), (one) => one.key).join(", ");
    throw new Refused(names ? "quorum" : "quorum-nobody", { names });
  }
  const reached = await rootOf(await sha256([0], entry), index, size, hashes);
  if (!same(reached, root)) throw new Refused("differs");
  return { line: readEntry(entry, index), log, size, seen: [...seen.values()] };
}

/** The policy that keys alone make: those of logs, and so many of the witnesses, or all. */
export function policyOfKeys(keys, least) {
  const kinds = keys.map((key) => [kindOf(key), key]);
  const witnesses = kinds.filter(([kind]) => kind === WITNESS).map(([, key]) => key);
  const lines = kinds.filter(([kind]) => kind !== WITNESS).map(([, key]) => `log ${key}`);
  lines.push(...witnesses.map((key, at) => `witness w${at + 1} ${key}`));
  if (witnesses.length && least !== 0) {
    lines.push(`group g ${least ?? "all"} ${witnesses.map((_, at) => `w${at + 1}`).join(" ")}`);
  }
  lines.push(witnesses.length && least !== 0 ? "quorum g" : "quorum none");
  return new TextEncoder().encode(lines.join("\n"));
}

/** RFC 9162 section 2.1.3.2: the root that the hashes lead to from this leaf. */
async function rootOf(leaf, index, size, hashes) {
  if (index >= size) throw new Refused("differs");
  const left = [...hashes];
  let [place, last, reached] = [index, size - 1n, leaf];
  while (last) {
    if (place % 2n || place < last) {
      if (left.length === 0) throw new Refused("differs");
      const other = left.shift();
      reached = await sha256([1], ...(place % 2n ? [other, reached] : [reached, other]));
    }
    [place, last] = [place / 2n, last / 2n];
  }
  if (left.length) throw new Refused("differs");
  return reached;
}

/** Which of the keys have signed, each with what it left; a false signature spoils it all. */
async function signedBy(keys, text, signatures) {
  const found = new Map();
  for (const { name, id, value } of signatures) {
    const key = keys.find((one) => one.name === name && same(one.id, id));
    if (!key || found.has(key)) continue;
    let [message, signature] = [bytesOf(text), value];
    if (key.kind === WITNESS) {
      message = bytesOf(`cosignature/v1\ntime ${timeOf(value)}\n${text}`);
      signature = value.slice(8);
    }
    const late = key.kind === WITNESS && timeOf(value) > LARGEST;
    if (signature.length !== 64 || late || !(await isSigned(key, signature, message))) {
      throw new Refused("signature-false", { name });
    }
    found.set(key, value);
  }
  return found;
}

async function isSigned(key, signature, message) {
  try {
    return await crypto.subtle.verify("Ed25519", await ed25519(key.raw), signature, message);
  } catch {
    return false; // No point of the curve: nobody can have signed with that.
  }
}

function isMet(name, policy, seen) {
  const group = policy.groups.get(name);
  if (!group) return seen.has(name);
  return group.members.filter((member) => isMet(member, policy, seen)).length >= group.least;
}

function readProof(content) {
  const end = content.findIndex((byte, at) => byte === 10 && content[at + 1] === 10);
  const lines = end < 0 ? [] : utf8(content.slice(0, end), "not-a-proof").split("\n");
  if (lines.shift() !== "c2sp.org/tlog-proof@v1") throw new Refused("not-a-proof");
  if (lines[0]?.startsWith("extra ")) unbase64(lines.shift().slice(6), "not-a-proof");
  if (!lines[0]?.startsWith("index ")) throw new Refused("not-a-proof");
  const index = decimal(lines.shift().slice(6), "not-a-proof");
  const hashes = lines.map((line) => unbase64(line, "not-a-proof"));
  if (hashes.length > 63 || hashes.some((hash) => hash.length !== 32)) {
    throw new Refused("not-a-proof");
  }
  return { index, hashes, note: content.slice(end + 2) };
}

function readNote(content) {
  const whole = utf8(content, "seal-malformed");
  const end = whole.lastIndexOf("\n\n");
  if (end < 0 || !whole.endsWith("\n") || end + 2 >= whole.length) {
    throw new Refused("seal-malformed");
  }
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw new Refused("seal-malformed");
  const signatures = whole.slice(end + 2, -1).split("\n").map((line) => {
    const [, name, encoded] = /^— ([^ ]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
    const value = unbase64(encoded ?? "?", "seal-malformed");
    if (value.length < 5 || NOT_IN_NAMES.test(name)) throw new Refused("seal-malformed");
    return { name, id: value.slice(0, 4), value: value.slice(4) };
  });
  if (signatures.length > 100) throw new Refused("seal-malformed");
  return { text: whole.slice(0, end + 1), signatures };
}

function readCheckpoint(text) {
  const lines = text.slice(0, -1).split("\n");
  if (lines.length < 3 || !lines.every(Boolean)) throw new Refused("seal-malformed");
  const root = unbase64(lines[2], "seal-malformed");
  if (root.length !== 32) throw new Refused("seal-malformed");
  return { origin: lines[0], size: decimal(lines[1], "seal-malformed"), root };
}

/** A policy file. Its letters are bytes, since the rules know no others; names of keys are UTF-8. */
async function readPolicy(content) {
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null };
  const members = new Set();
  const text = Array.from(content, (byte) => String.fromCharCode(byte)).join("");
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) {
    throw new Refused("policy-malformed", { line: "…" });
  }
  for (const line of text.split("\n")) {
    const words = line.split(/[ \t]+/).filter(Boolean);
    if (words.length === 0 || words[0].startsWith("#")) continue;
    if (!(await takeLine(policy, members, ...words))) {
      const shown = new TextDecoder().decode(Uint8Array.from(line, (one) => one.charCodeAt(0)));
      throw new Refused("policy-malformed", { line: shown });
    }
  }
  const keys = [policy.logs, [...policy.witnesses.values()]];
  for (const publics of keys.map((some) => some.map((key) => key.raw.join()))) {
    if (new Set(publics).size < publics.length) throw new Refused("key-twice");
  }
  if (policy.quorum === null) throw new Refused("quorum-missing");
  return policy;
}

async function takeLine(policy, members, keyword, ...rest) {
  const isNamed = (name) => policy.witnesses.has(name) || policy.groups.has(name);
  const isFree = (name) => !isNamed(name) && name !== "none";
  if (keyword === "log" && [1, 2].includes(rest.length)) {
    policy.logs.push(await readKey(rest[0], LOG));
  } else if (keyword === "witness" && [2, 3].includes(rest.length) && isFree(rest[0])) {
    policy.witnesses.set(rest[0], await readKey(rest[1], WITNESS));
  } else if (keyword === "group" && rest.length >= 3 && isFree(rest[0])) {
    const [name, count, ...of] = rest;
    const least = { any: "1", all: `${of.length}` }[count] ?? count;
    const once = new Set(of).size === of.length && of.every((one) => isNamed(one));
    if (!once || of.some((one) => members.has(one)) || !/^[1-9][0-9]*$/.test(least)) return false;
    if (Number(least) > of.length) return false;
    policy.groups.set(name, { least: Number(least), members: of });
    for (const one of of) members.add(one);
  } else if (keyword === "quorum" && rest.length === 1 && policy.quorum === null) {
    if (rest[0] !== "none" && !isNamed(rest[0])) return false;
    policy.quorum = rest[0];
  } else {
    return false;
  }
  return true;
}

/** A key like `name+530d903a+AekyeR…`, whose id follows from name and key. */
async function readKey(text, kind) {
  const wrong = new Refused("key-wrong", { key: text });
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (!name) throw wrong;
  const raw = Uint8Array.from(name, (one) => one.charCodeAt(0));
  const [known, content] = [utf8(raw, "key-wrong"), unbase64(encoded, "key-wrong")];
  if (content.length !== 33 || content[0] !== kind || NOT_IN_NAMES.test(known)) throw wrong;
  const expected = (await sha256(raw, [10], content)).slice(0, 4);
  if (hex(expected) !== id) throw wrong;
  return { name: known, id: expected, kind, raw: content.slice(1) };
}

/** The five parts of a line of the ledger; the last is what happened, as JSON. */
function readEntry(entry, index) {
  const text = utf8(entry, "entry-unreadable");
  const [sequence, stream, version, fact, ...rest] = text.split("\n");
  if (sequence !== `${index}`) throw new Refused("misplaced");
  try {
    const state = JSON.parse(rest.join("\n"));
    const at = new Date(state.at);
    if (Number.isNaN(at.getTime()) || !state.fact || !state.by) throw new TypeError();
    const { by, fact: said } = state;
    return { position: index + 1n, stream, version, fact, at, by, said, text };
  } catch {
    throw new Refused("entry-unreadable");
  }
}

function kindOf(key) {
  const encoded = key.split("+").slice(2).join("+");
  return /^[A-Za-z0-9+/]{44}$/.test(encoded) ? atob(encoded).charCodeAt(0) : 0;
}

const ed25519 = (raw) => crypto.subtle.importKey("raw", raw, "Ed25519", false, ["verify"]);

async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

const bytesOf = (text) => new TextEncoder().encode(text);
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const timeOf = (value) => value.slice(0, 8).reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);

function utf8(content, code) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw new Refused(code);
  }
}

/** Base64 in the one spelling that it has. */
function unbase64(text, code) {
  const spelled = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text);
  if (!spelled || btoa(atob(text)) !== text) throw new Refused(code);
  return Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
}

function decimal(text, code) {
  if (!/^(?:0|[1-9][0-9]{0,18})$/.test(text) || BigInt(text) > LARGEST) throw new Refused(code);
  return BigInt(text);
}
