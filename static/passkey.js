/* Around allauth's scripts for passkeys: words on the page instead of on the console. */
"use strict";

for (const part of document.querySelectorAll("[data-passkey]")) {
  part.hidden = !window.PublicKeyCredential;
}
/* The person said no on their device, or it has none: nothing is lost, and there are other ways. */
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.querySelector("[data-passkey-failed]");
  said.textContent = said.dataset.passkeyFailed;
  said.hidden = false;
  said.focus();
});
