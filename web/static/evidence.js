// Photos before they are sent: made no larger than an archive needs, shown small, removable.
// They are drawn on canvases, so that the policy need not let pictures come from elsewhere.

import { sentence } from "./sentences.js";

const LONGEST_SIDE = 2600;
const SMALL_SIDE = 96;
const QUALITY = 0.88;
const MEGABYTES = 12;
// What is beside the files in a form: a few hundred fields.
const HEAVIEST = MEGABYTES * 1024 * 1024 - 200_000;

/** The files chosen for one kind of evidence, from the disk and from the camera. */
class Chosen {
  constructor(block) {
    this.input = block.querySelector("input[multiple]");
    this.camera = block.querySelector("input[capture]");
    this.list = block.querySelector("ul");
    this.files = [];
    for (const source of [this.input, this.camera]) {
      source.addEventListener("change", () => this.#take(source));
    }
  }

  get weight() {
    return this.files.reduce((sum, { file }) => sum + file.size, 0);
  }

  /** Each choice is added to those before, which the browser alone would replace. */
  async #take(source) {
    const added = await Promise.all(Array.from(source.files, prepared));
    this.camera.value = "";
    this.#hold([...this.files, ...added]);
  }

  #hold(files) {
    this.files = files;
    const transfer = new DataTransfer();
    for (const { file } of files) transfer.items.add(file);
    this.input.files = transfer.files;
    this.list.replaceChildren(...files.map((each) => this.#item(each)));
    this.list.hidden = files.length === 0;
  }

  #item(each) {
    const item = document.createElement("li");
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button small";
    remove.textContent = sentence("remove", { name: each.file.name });
    remove.addEventListener("click", () => {
      this.#hold(this.files.filter((other) => other !== each));
      this.input.focus();
    });
    item.append(...(each.small ? [each.small] : []), remove);
    return item;
  }
}

/** The file to send, and a small drawing of it, which a PDF or a broken picture has not. */
async function prepared(file) {
  if (!file.type.startsWith("image/")) return { file };
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return { file };
  const small = drawn(picture, SMALL_SIDE);
  const isFit = ["image/jpeg", "image/png"].includes(file.type);
  if (isFit && Math.max(picture.width, picture.height) <= LONGEST_SIDE) return { file, small };
  const blob = await new Promise((done) => {
    drawn(picture, LONGEST_SIDE).toBlob(done, "image/jpeg", QUALITY);
  });
  if (!blob) return { file, small };
  const name = `${file.name.replace(/\.\w+$/, "")}.jpg`;
  return { file: new File([blob], name, { type: "image/jpeg" }), small };
}

function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

const form = document.querySelector("form[data-evidence]");
const all = Array.from(form.querySelectorAll(".files"), (block) => new Chosen(block));

// Only now: without this script the field itself has to say what was photographed.
form.classList.add("with-camera-buttons");
form.addEventListener("submit", (event) => {
  const note = document.getElementById("too-heavy");
  note.hidden = all.reduce((sum, chosen) => sum + chosen.weight, 0) <= HEAVIEST;
  if (note.hidden) return;
  note.textContent = sentence("too-heavy", { limit: MEGABYTES });
  event.preventDefault();
  note.scrollIntoView({ block: "center" });
});
