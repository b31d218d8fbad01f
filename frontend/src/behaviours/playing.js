// A drawing that moves with the years: the slider turns it, and «Spill av» lets the years pass. Whoever asks
// for less motion has the slider alone. Without script the form asks for the page of another year.

import { each } from "./each.js";

const CALM = window.matchMedia("(prefers-reduced-motion: reduce)");
const PACE = 700; // milliseconds a year takes

each("form[data-plays]", (form) => {
  const id = form.dataset.plays;
  const chart = document.getElementById(id)?.querySelector(".s-chart");
  const slider = form.querySelector("input[type=range]");
  const output = form.querySelector("output");
  const play = form.querySelector("[data-play]");
  const told = document.getElementById(`${id}-told`);
  const sentences = JSON.parse(document.getElementById(`${id}-sentences`).textContent);
  const [first, last] = [Number(slider.min), Number(slider.max)];
  const names = { play: play.textContent, pause: play.dataset.pause };
  let frame;

  const turn = (value) => chart?.dispatchEvent(new CustomEvent("samspill:turn", { detail: { name: "year", value } }));

  function show(year) {
    slider.value = year;
    output.value = year;
  }

  function settle(year) {
    show(year);
    turn(year);
    told.textContent = sentences[year];
    const here = new URL(window.location.href);
    here.searchParams.set(slider.name, year);
    window.history.replaceState(window.history.state, "", here);
  }

  function stop() {
    cancelAnimationFrame(frame);
    frame = undefined;
    play.textContent = names.play;
  }

  function start() {
    const from = Number(slider.value) < last ? Number(slider.value) : first;
    let began;
    play.textContent = names.pause;
    const step = (now) => {
      began ??= now;
      const year = Math.min(from + (now - began) / PACE, last);
      turn(year);
      show(Math.round(year));
      if (year < last) {
        frame = requestAnimationFrame(step);
      } else {
        stop();
        settle(last);
      }
    };
    frame = requestAnimationFrame(step);
  }

  play.hidden = CALM.matches;
  play.addEventListener("click", () => {
    if (frame === undefined) return start();
    stop();
    return settle(Number(slider.value));
  });
  slider.addEventListener("input", () => {
    stop();
    settle(Number(slider.value));
  });
});
