// A form with [data-guard] asks before the page is left with words in it that are not sent.

const changed = new WeakSet();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) changed.add(form);
});

document.addEventListener("submit", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  const isUnsent = [...document.querySelectorAll("form[data-guard]")].some((form) => changed.has(form));
  if (isUnsent) event.preventDefault();
});
