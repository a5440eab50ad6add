/* Before a log-in ends by itself the page says so, and one press is enough to stay. When it has
   ended the page goes, for it may stand on a screen that others see. */
"use strict";

{
  const bar = document.querySelector("[data-idle]");
  const seconds = Number(bar.dataset.idle);
  const warning = Math.min(120, seconds / 2);
  let timer;

  const wait = () => {
    clearTimeout(timer);
    bar.hidden = true;
    timer = setTimeout(warn, (seconds - warning) * 1000);
  };
  const warn = () => {
    bar.hidden = false;
    timer = setTimeout(() => location.reload(), (warning + 2) * 1000);
  };
  const stay = async () => {
    const answer = await fetch(bar.dataset.stay, { redirect: "manual" });
    if (answer.status === 204) wait();
    else location.reload();
  };
  bar.querySelector("button").addEventListener("click", stay);
  /* Whoever writes keeps the form on the server, and that is being there. */
  document.addEventListener("kept", wait);
  wait();
}
