// What scripts say is written in the page, where the other sentences for people are.

const sentences = new Map(
  Array.from(document.getElementById("sentences").content.children,
    (item) => [item.dataset.name, item.textContent.trim()]),
);

/** A sentence of the page by name, with {words} filled in; a sentence of the server as it is. */
export function sentence(name, words = {}) {
  const text = sentences.get(name) ?? name;
  return text.replace(/\{(\w+)\}/g, (_, word) => words[word] ?? "");
}
