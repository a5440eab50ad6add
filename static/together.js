/* The screen that an employee has lent to a resident is not left lying with the resident's
   answers on it: a minute before the time is up it asks, and then it clears itself. */
"use strict";

const still = document.querySelector("[data-over]");
if (still) {
  const SECOND = 1000;
  const question = still.querySelector("template").content;
  const seconds = Number(still.dataset.seconds);
  setTimeout(() => {
    still.append(question.cloneNode(true));
    // Any page of theirs tells the server that they are here.
    still.querySelector("button").addEventListener("click", () => location.reload());
  }, (seconds - 60) * SECOND);
  // The server counts from the last page, which it may have noted half a minute late.
  setTimeout(() => location.replace(still.dataset.over), (seconds + 5) * SECOND);
}
