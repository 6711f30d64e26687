// Photos before they are sent: made no larger than an archive needs, shown small, removable.
// They are drawn on canvases, so that the policy need not let pictures come from elsewhere.

import { sentence } from "./sentences.js";

const LONGEST_SIDE = 2600;
const SMALL_SIDE = 96;
const QUALITY = 0.88;
const MEGABYTES = 12;
// What is beside the files in a form: a few hundred fields.
const HEAVIEST = MEGABYTES * 1024 * 1024 - 200_000;

const form = document.querySelector("form[data-evidence]");
const inputs = form ? Array.from(form.querySelectorAll(".files input[type=file]")) : [];

for (const input of inputs) input.addEventListener("change", () => take(input));
form?.addEventListener("submit", (event) => {
  const weight = inputs.flatMap((input) => Array.from(input.files))
    .reduce((sum, file) => sum + file.size, 0);
  const note = document.getElementById("too-heavy");
  note.hidden = weight <= HEAVIEST;
  if (note.hidden) return;
  note.textContent = sentence("too-heavy", { limit: MEGABYTES });
  event.preventDefault();
  note.scrollIntoView({ block: "center" });
});

async function take(input) {
  const shown = await Promise.all(Array.from(input.files, prepared));
  setFiles(input, shown.map(({ file }) => file));
  show(input, shown);
}

/** The file to send and a small drawing of it, which a PDF or a broken picture has not. */
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
  const name = file.name.replace(/\.\w+$/, "") + ".jpg";
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

function setFiles(input, files) {
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  input.files = chosen.files;
}

/** The thumbnails of one field, each with a button that takes its file out again. */
function show(input, shown) {
  const list = input.closest(".files").querySelector("ul.thumbs");
  for (const old of list.querySelectorAll(`[data-of="${input.id}"]`)) old.remove();
  for (const each of shown) {
    const item = document.createElement("li");
    item.dataset.of = input.id;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "button small";
    remove.textContent = sentence("remove", { name: each.file.name });
    remove.addEventListener("click", () => {
      const left = shown.filter((other) => other !== each);
      setFiles(input, left.map(({ file }) => file));
      show(input, left);
      input.focus();
    });
    item.append(...(each.small ? [each.small] : []), remove);
    list.append(item);
  }
  list.hidden = list.children.length === 0;
}
