// On every page: signing out leaves nothing of this person behind in the tab.

for (const form of document.querySelectorAll('form[action="/dang-xuat"]')) {
  form.addEventListener("submit", () => sessionStorage.clear());
}

// A long import is sent once: a second click would replace the page that shows passwords once.

for (const form of document.querySelectorAll("form[data-once]")) {
  const button = form.querySelector("button");
  const label = button.textContent;
  form.addEventListener("submit", () => {
    button.disabled = true;
    button.textContent = form.dataset.once;
  });
  window.addEventListener("pageshow", () => {
    button.disabled = false;
    button.textContent = label;
  });
}
