// Light, dark or as the machine. Kept in a cookie, so that the server sends the page right the first time.

const COOKIE = "samspill_color_scheme";
const YEAR_S = 365 * 24 * 60 * 60;

function choose(scheme) {
  document.documentElement.dataset.colorScheme = scheme;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${COOKIE}=${scheme}; Path=/; Max-Age=${YEAR_S}; SameSite=Lax${secure}`;
  show();
}

function show() {
  const current = document.documentElement.dataset.colorScheme;
  for (const button of document.querySelectorAll("[data-scheme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.scheme === current));
  }
}

for (const part of document.querySelectorAll("[data-scheme-choice]")) part.hidden = false;
show();
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-scheme]");
  if (button) choose(button.dataset.scheme);
});
