/* Every page works without this file. With it, forms keep themselves. */
"use strict";

document.documentElement.classList.add("js");

/* The first thing to read after a failed form is what failed. */
const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

/* What is only asked, or only true, after certain answers: data-when="name=one|two",
   several such with a space between. Without JavaScript the page shows it all. */
const showWhatIsAsked = (form) => {
  const answers = new FormData(form);
  for (const part of form.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.when.split(" ").every((condition) => {
      const [name, values] = condition.split("=");
      return answers.getAll(name).some((answer) => values.split("|").includes(answer));
    });
  }
};
for (const form of document.querySelectorAll("form")) {
  if (!form.querySelector("[data-when], [data-part]")) continue;
  showWhatIsAsked(form);
  form.addEventListener("change", () => showWhatIsAsked(form));
}

/* A form with a slip keeps itself on the server while it is written: the PC is shared,
   so nothing stays in the browser. data-kept is where to, data-kept-for the field
   without which there is nothing to keep. */
for (const form of document.querySelectorAll("form[data-kept]")) {
  const state = form.querySelector(".draft-state");
  const { kept, keptFor, offline, loggedOut } = form.dataset;
  let timer, changed = false, sent = false, lost = false, begun = false, wait = 1000;

  const worth = () => begun || !keptFor || form.elements[keptFor].value.trim();

  const keep = async (leaving) => {
    clearTimeout(timer);
    if (!changed || sent || !worth()) return;
    changed = false;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(kept, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
        // A browser lets no more than 64 kB go on after the page is left.
        keepalive: leaving === true && body.toString().length < 60000,
      });
      wait = 1000;
      lost = false;
      begun = true;
      if (answer.type === "opaqueredirect") state.textContent = loggedOut;
      else if (answer.ok || answer.status === 403) {
        state.textContent = (await answer.json()).said;
        document.dispatchEvent(new Event("kept"));
      }
      else throw new Error(answer.status);
    } catch {
      changed = lost = true;
      wait = Math.min(wait * 2, 30000);
      timer = setTimeout(keep, wait);
      state.textContent = offline;
    }
  };
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep(true);
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine === false) {
      event.preventDefault();
      state.textContent = offline;
      return;
    }
    sent = true;
    clearTimeout(timer);
  });
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("online", () => keep());
  window.addEventListener("beforeunload", (event) => {
    if (lost && !sent) event.preventDefault();
  });
  form.addEventListener("keydown", (event) => {
    // In a line Enter means save, never the draft's button, which comes before.
    const line = event.target.matches("input:not([type=radio], [type=checkbox], [type=file])");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || line)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".button-primary"));
    }
  });
}

/* Answers on which other choices depend: the form is drawn again as it stands. Where
   parts of it are named (data-part), only they change and the cursor stays. */
for (const button of document.querySelectorAll("[data-reload-button]")) {
  const { form } = button;
  const parts = form.querySelector("[data-part]");
  let asked = 0;
  // No longer what Enter presses.
  if (parts) button.type = "button";

  const redraw = async () => {
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set(button.name, button.value);
    const answer = await fetch(form.action, { method: "POST", body, redirect: "error" });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return;
    for (const part of form.querySelectorAll("[data-part]")) {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
      // What stands around it stays, so that a screen reader says what is new in it.
      if (other) part.replaceChildren(...document.importNode(other, true).childNodes);
    }
    showWhatIsAsked(form);
  };
  const change = () => {
    if (!parts) form.requestSubmit(button);
    else redraw().catch(() => { button.type = "submit"; form.requestSubmit(button); });
  };
  form.addEventListener("change", (event) => {
    const control = event.target.closest("[data-reload]");
    if (!control) return;
    // Two lists that are one question: an answer in one takes back that in the other.
    for (const other of form.querySelectorAll("[data-reload]")) {
      if (other.name === control.name || other.dataset.reload !== control.dataset.reload) continue;
      if (!control.value) continue;
      if (other.type === "radio") other.checked = false;
      else other.value = "";
    }
    change();
  });
}

/* A password can be seen while it is typed, by the person's own choice. */
for (const field of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  const words = document.body.dataset;
  button.type = "button";
  button.className = "button button-tertiary show-password";
  button.textContent = words.showPassword;
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    button.textContent = shown ? words.showPassword : words.hidePassword;
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
  field.after(button);
}

/* A paper on its way: the page asks how far it is, and says so where screen readers hear it. */
const waiting = document.querySelector("[data-until-ready]");
if (waiting) {
  const look = async () => {
    try {
      const answer = await fetch(waiting.dataset.untilReady, { credentials: "same-origin" });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const part = fresh.querySelector("main [role=status]");
      if (!answer.ok || !part) return;
      if (part.textContent.trim() !== waiting.textContent.trim()) {
        waiting.replaceChildren(...document.importNode(part, true).childNodes);
        const heading = fresh.querySelector("h1");
        if (heading) document.querySelector("h1").textContent = heading.textContent;
      }
      if (part.hasAttribute("data-until-ready")) setTimeout(look, 1000);
    } catch { setTimeout(look, 5000); }
  };
  setTimeout(look, 1000);
}
