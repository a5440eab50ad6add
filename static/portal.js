/* Every page works without this file. With it, forms keep themselves. */
"use strict";

document.documentElement.classList.add("js");

/* The first thing to read after a failed form is what failed. */
const summary = document.querySelector(".error-summary");
if (summary) summary.focus();

/* A form with a slip keeps itself on the server while it is written: the PC is shared,
   so nothing stays in the browser. */
for (const form of document.querySelectorAll("form[data-kept]")) {
  const state = form.querySelector(".draft-state");
  let timer, changed = false, sent = false, wait = 1000;

  const keep = async () => {
    clearTimeout(timer);
    if (!changed || sent) return;
    changed = false;
    try {
      const answer = await fetch(form.dataset.kept, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
        keepalive: true,
      });
      wait = 1000;
      if (answer.ok) state.textContent = (await answer.json()).said;
      else if (answer.type === "opaqueredirect") state.textContent = form.dataset.loggedOut;
    } catch {
      changed = true;
      wait = Math.min(wait * 2, 30000);
      timer = setTimeout(keep, wait);
      state.textContent = form.dataset.offline;
    }
  };
  form.addEventListener("input", () => {
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
  window.addEventListener("pageshow", () => { sent = false; });
  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".button-primary"));
    }
  });
}

/* Radio buttons and lists that change what the page asks next. */
for (const control of document.querySelectorAll("[data-reload]")) {
  control.addEventListener("change", () => control.form.requestSubmit(
    control.form.querySelector("[data-reload-button]")));
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
