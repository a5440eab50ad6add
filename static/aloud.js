/* Reads a part of the page aloud, with a voice that lives on this device: what is read is
   about a person and goes to no server. Without such a voice the button says so; without
   speech at all it stays hidden. */
"use strict";

if ("speechSynthesis" in window) {
  const speech = window.speechSynthesis;
  const language = document.documentElement.lang;
  let stop = null;

  const voice = () => speech.getVoices().find(
    (one) => one.localService && one.lang.toLowerCase().startsWith(language),
  );
  /* The list may be empty until the browser has asked the device. */
  const findVoice = () => new Promise((found) => {
    if (speech.getVoices().length) return found(voice());
    const late = setTimeout(() => found(voice()), 1000);
    speech.addEventListener("voiceschanged", () => { clearTimeout(late); found(voice()); }, { once: true });
  });

  for (const part of document.querySelectorAll("[data-aloud]")) {
    const button = part.querySelector("button");
    const word = part.querySelector(".listen-word");
    const said = part.querySelector(".listen-said");
    const read = word.textContent;

    const speak = (using) => {
      const pieces = [...document.getElementById(part.dataset.aloud).querySelectorAll("[data-say]")]
        .filter((piece) => piece.offsetParent !== null && piece.textContent.trim());
      const ours = () => {
        speech.cancel();
        pieces.forEach((piece) => piece.classList.remove("is-read"));
        word.textContent = read;
        if (stop === ours) stop = null;
      };
      stop = ours;
      word.textContent = part.dataset.stop;
      const next = () => {
        const piece = pieces.shift();
        if (stop !== ours) return;
        if (!piece) return ours();
        piece.classList.add("is-read");
        // One sentence at a time: a long text is cut off by some browsers.
        const sentences = piece.textContent.replace(/\s+/g, " ").trim().match(/[^.!?]+[.!?]*\s*/g);
        const one = () => {
          const sentence = sentences.shift();
          if (stop !== ours) { piece.classList.remove("is-read"); return; }
          if (!sentence) { piece.classList.remove("is-read"); next(); return; }
          const utterance = new SpeechSynthesisUtterance(sentence);
          utterance.voice = using;
          utterance.lang = using.lang;
          utterance.rate = 0.9;
          utterance.onend = one;
          utterance.onerror = ours;
          speech.speak(utterance);
        };
        one();
      };
      next();
    };

    button.addEventListener("click", async () => {
      const mine = word.textContent !== read;
      if (stop) stop();
      if (mine) return;
      const using = await findVoice();
      said.textContent = using ? "" : part.dataset.noVoice;
      if (using) speak(using);
    });
    part.hidden = false;
  }
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && stop) stop(); });
  window.addEventListener("pagehide", () => speech.cancel());
}
