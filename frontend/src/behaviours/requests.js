// htmx, and what a person sees when an answer is not the part that was asked for.
//
// Its settings stand in the page (`<meta name="htmx-config">`), because it reads them when it loads:
// no style sheet of its own, no swap of error pages into a part. 422 is swapped: it is the form with its errors.

import "htmx.org";

const FORM_ERROR = 422;

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

// An error page takes the place of the page's content, with its heading read out.
function showErrorPage(text) {
  const main = document.querySelector("main");
  const answer = parsed(text).querySelector("main");
  if (!main || !answer) return sayNoContact();
  main.replaceChildren(...answer.childNodes);
  main.focus();
  window.scrollTo(0, 0);
}

function sayNoContact() {
  const template = document.getElementById("no-contact");
  const region = document.getElementById("messages");
  if (template && region) region.replaceChildren(template.content.cloneNode(true));
}

document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  if (ctx.response.raw.status !== FORM_ERROR) showErrorPage(ctx.text);
});

document.addEventListener("htmx:error", sayNoContact);

// A redirect to another page (the session ended, the thing moved) is followed as a page, not put into a part.
document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  const { redirected, url, status } = ctx.response.raw;
  if (!redirected || status >= 400) return;
  const moved = new URL(url).pathname !== location.pathname;
  const lacksPart = ctx.select && !parsed(ctx.text).querySelector(ctx.select);
  if (moved && (lacksPart || !ctx.select)) {
    event.preventDefault();
    location.assign(url);
  }
});
